package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.prefork.ChildState;

/**
 * The final stop. First every listener is left to one child, then that one takes what is
 * queued and ends the socket, only then the children drain, and whoever is left after the
 * grace period is killed. Whatever arrives at a listener that is open while nobody
 * accepts on it would be reset.
 */
final class StopSequence {

	/** What the system may take to end a killed process. */
	private static final Duration LONGEST_KILL = Duration.ofSeconds(5);

	private static final Duration LONGEST_HANDOVER = Duration.ofSeconds(1);

	private enum Phase {

		RUNNING, HANDOVER, LAST_ACCEPT, DRAIN, KILLED

	}

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Rules rules;

	private final Roster roster;

	private final Map<Child, Set<Integer>> holders = new LinkedHashMap<>();

	private final Map<Child, Long> awaited = new LinkedHashMap<>();

	private Phase phase = Phase.RUNNING;

	private long phaseUntil = Deadlines.NEVER;

	private long graceUntil = Deadlines.NEVER;

	private long request;

	StopSequence(Ports ports, SupervisorSettings settings, Rules rules, Roster roster) {
		this.ports = ports;
		this.settings = settings;
		this.rules = rules;
		this.roster = roster;
	}

	boolean stopping() {
		return this.phase != Phase.RUNNING;
	}

	boolean draining() {
		return this.phase == Phase.DRAIN || this.phase == Phase.KILLED;
	}

	void begin(long now) {
		this.ports.listeners().close();
		this.graceUntil = this.rules.patience().until(now, this.settings.gracePeriod());
		this.roster.live().forEach(StopSequence::plan);
		this.roster.live().stream().filter((child) -> child.state == ChildState.BOOTING).forEach(this::end);
		chooseHolders();
		enter(Phase.HANDOVER, now);
		this.roster.live().stream().filter((child) -> child.connected && !child.held.isEmpty()).forEach((child) -> {
			Set<Integer> closing = child.passedListeners();
			closing.removeAll(this.holders.getOrDefault(child, Set.of()));
			close(child, closing, false);
		});
	}

	private static void plan(Child child) {
		// One that leaves by itself, or was given up, does not end for the stop
		child.planned = child.planned || !child.leaving() && child.killedFor == null;
	}

	private void end(Child child) {
		if (child.connected) {
			this.ports.messenger().drain(child.launch);
		}
		this.ports.processes().terminate(child.launch);
	}

	private void chooseHolders() {
		for (int i = 0; i < this.ports.listeners().count(); i++) {
			int listener = i;
			holder(listener)
				.ifPresent((child) -> this.holders.computeIfAbsent(child, (key) -> new HashSet<>()).add(listener));
		}
	}

	private Optional<Child> holder(int listener) {
		Stream<Child> accepting = this.roster.live()
			.stream()
			.filter((child) -> child.connected && child.held.contains(listener) && child.served);
		return accepting.min(Comparator.comparing((Child child) -> child.stalled())
			.thenComparing((child) -> !child.ready())
			.thenComparing((child) -> !child.assigned.contains(listener))
			.thenComparing((child) -> child.slot() != listener)
			.thenComparing((child) -> child.launch));
	}

	private void close(Child child, Set<Integer> listeners, boolean last) {
		if (!listeners.isEmpty()) {
			child.held.removeAll(listeners);
			this.awaited.put(child, ++this.request);
			this.ports.messenger().closeListeners(child.launch, this.request, listeners, last);
		}
	}

	private void enter(Phase phase, long now) {
		this.phase = phase;
		this.awaited.clear();
		Duration handover = this.settings.gracePeriod().dividedBy(4);
		this.phaseUntil = Math.min(this.graceUntil,
				Deadlines.in(now, (handover.compareTo(LONGEST_HANDOVER) < 0) ? handover : LONGEST_HANDOVER));
	}

	void closed(Child child, long request) {
		this.awaited.remove(child, request);
	}

	void killAll(long now) {
		if (this.phase != Phase.KILLED) {
			this.phase = Phase.KILLED;
			this.phaseUntil = Deadlines.in(now, LONGEST_KILL);
		}
		this.roster.live().forEach((child) -> {
			plan(child);
			this.ports.processes().kill(child.launch);
		});
	}

	/**
	 * Go on as far as possible.
	 * @param now the time
	 */
	void step(long now) {
		this.awaited.keySet().removeIf((child) -> !child.connected || this.roster.find(child.launch) == null);
		if (this.phase == Phase.HANDOVER && phaseOver(now)) {
			enter(Phase.LAST_ACCEPT, now);
			this.holders.forEach((child, listeners) -> {
				if (child.connected) {
					close(child, listeners, true);
				}
			});
		}
		if (this.phase == Phase.LAST_ACCEPT && phaseOver(now)) {
			enter(Phase.DRAIN, now);
			this.roster.live().stream().filter((child) -> child.state != ChildState.BOOTING).forEach(this::drain);
		}
		if (this.phase == Phase.DRAIN && now >= this.graceUntil) {
			killAll(now);
		}
	}

	private void drain(Child child) {
		child.state = ChildState.LEAVING;
		this.roster.changed(child);
		if (child.connected) {
			this.ports.messenger().drain(child.launch);
		}
		else {
			this.ports.processes().terminate(child.launch);
		}
	}

	private boolean phaseOver(long now) {
		return this.awaited.isEmpty() || now >= this.phaseUntil;
	}

	boolean complete(long now) {
		return stopping() && (this.roster.live().isEmpty() || givenUp(now));
	}

	private boolean givenUp(long now) {
		if (this.phase != Phase.KILLED || now < this.phaseUntil) {
			return false;
		}
		this.ports.announcer().log("Killed, but not seen to end: " + this.roster.live());
		return true;
	}

	long nextDeadline() {
		return switch (this.phase) {
			case RUNNING -> Deadlines.NEVER;
			case HANDOVER, LAST_ACCEPT, KILLED -> this.phaseUntil;
			case DRAIN -> this.graceUntil;
		};
	}

}
