package io.github.prefork.supervisor;

import java.util.function.Consumer;

import io.github.prefork.FleetReady;
import io.github.prefork.PreforkException;

/**
 * How far the first start has come, and whether enough children are ready afterwards.
 */
final class Progress {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Outbox outbox;

	private boolean fleetReady;

	private boolean started;

	private boolean enough = true;

	private long startUntil = Deadlines.NEVER;

	Progress(Ports ports, SupervisorSettings settings, Roster roster, Outbox outbox) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
		this.outbox = outbox;
	}

	void begin(long now) {
		// The first child boots alone, then the others in batches
		int others = this.settings.children() - 1;
		int batches = (others + this.settings.bootParallelism() - 1) / this.settings.bootParallelism();
		this.startUntil = Deadlines.in(now, this.settings.bootTimeout().multipliedBy(batches + 2));
	}

	void update(long now, Consumer<PreforkException> abort) {
		long ready = this.roster.ready();
		if (!this.fleetReady && ready == children()) {
			this.fleetReady = true;
			this.outbox.add(new FleetReady(this.roster.identities()));
			this.outbox.flush();
		}
		if (!this.started) {
			updateStart(now, ready, abort);
		}
		else {
			announce(ready >= this.settings.minReady());
		}
	}

	private void updateStart(long now, long ready, Consumer<PreforkException> abort) {
		if (this.fleetReady) {
			start();
		}
		else if (over(now) && ready >= this.settings.minReady()) {
			this.ports.announcer().log("Only " + ready + " of " + children() + " children are ready; going on");
			start();
		}
		else if (over(now)) {
			abort.accept(new PreforkException("Only %d of %d children %s".formatted(ready, children(),
					(this.roster.recoveryExceeded()) ? "are ready, and no other is launched any more"
							: "were ready in time (prefork.boot-timeout=%d ms)"
								.formatted(this.settings.bootTimeout().toMillis()))));
		}
	}

	private int children() {
		return this.roster.slots().size();
	}

	boolean started() {
		return this.started;
	}

	private boolean over(long now) {
		return now >= this.startUntil || this.roster.recoveryExceeded() && this.roster.booting() == 0;
	}

	private void start() {
		this.started = true;
		this.startUntil = Deadlines.NEVER;
		this.ports.announcer().started();
	}

	private void announce(boolean enough) {
		if (this.enough != enough) {
			this.enough = enough;
			this.ports.announcer().readiness(enough);
		}
	}

	void stopping() {
		if (this.started) {
			announce(false);
		}
		this.startUntil = Deadlines.NEVER;
	}

	long nextDeadline() {
		return this.startUntil;
	}

}
