package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real supervisor with up to a thousand fake children. Unlike in {@link Simulation},
 * whatever happens at one time arrives in one turn, everything takes the same time for
 * everybody, and what is checked is kept up to date with each message instead of being
 * looked for in all children.
 */
final class LargeFleet {

	static final long MILLI = 1_000_000L;

	/** A child sends one heartbeat in so many ticks. */
	private static final int TICKS_PER_BEAT = 40;

	private static final long LATENCY = MILLI;

	private static final long BOOT = 1000 * MILLI;

	private static final long DRAIN = 300 * MILLI;

	final SimulatedClock clock = new SimulatedClock();

	final Steps steps = new Steps();

	final Map<Class<?>, Integer> events = new HashMap<>();

	final SupervisorSettings settings;

	final Supervisor supervisor;

	final Map<Long, FakeChild> children = new HashMap<>();

	/** The children that serve or boot, by slot. */
	private final @Nullable FakeChild[] current;

	/** How many children are told to accept on each listener. */
	private final int[] told;

	private final long tick;

	private int untold;

	private long ticks;

	private long nextTick;

	private boolean served;

	boolean refusing;

	boolean stopped;

	/** How many children the master has killed. */
	int killed;

	@Nullable PreforkException cause;

	private List<Input> inbox = new ArrayList<>();

	LargeFleet(SupervisorSettings settings) {
		this.settings = settings;
		this.current = new FakeChild[settings.children()];
		this.told = new int[settings.owned() ? settings.children() : 1];
		this.untold = this.told.length;
		// 2.5 heartbeats in a stall-timeout
		this.tick = settings.stallTimeout().toNanos() * 2 / 5 / TICKS_PER_BEAT;
		this.nextTick = this.clock.nanos() + this.tick;
		Ports ports = new LargeFleetPorts(this).ports();
		this.supervisor = new Supervisor(settings, ports, this.steps.rules(), this.steps.roster(settings, ports));
	}

	/** A fleet whose children are all ready, each accepting on its own. */
	static LargeFleet ready(SupervisorSettings settings) {
		LargeFleet fleet = new LargeFleet(settings);
		fleet.post(new Input.Start());
		Duration batch = Duration.ofNanos(BOOT).plusSeconds(1);
		fleet.live(batch.multipliedBy(settings.children() / settings.bootParallelism() + 2)
			.plus(settings.stallTimeout().multipliedBy(3)));
		fleet.assertWhole();
		return fleet;
	}

	void post(Input input) {
		this.clock.after(LATENCY, () -> this.inbox.add(input));
	}

	void live(Duration time) {
		long end = this.clock.nanos() + time.toNanos();
		while (this.clock.nanos() < end && !this.supervisor.isTerminated()) {
			long due = Math.min(this.supervisor.nextDeadline(), Math.min(this.nextTick, this.clock.nextAction()));
			this.clock.advanceTo(Math.min(end, due));
			if (this.clock.nanos() >= this.nextTick) {
				beat();
			}
			if (!this.inbox.isEmpty() || this.supervisor.nextDeadline() <= this.clock.nanos()) {
				turn();
			}
		}
	}

	private void beat() {
		this.nextTick += this.tick;
		for (int slot = (int) (this.ticks++ % TICKS_PER_BEAT); slot < this.current.length; slot += TICKS_PER_BEAT) {
			FakeChild child = this.current[slot];
			if (child != null && child.connected && !child.hangs) {
				this.inbox.add(child.heartbeat);
			}
		}
	}

	private void turn() {
		List<Input> inputs = this.inbox;
		this.inbox = new ArrayList<>();
		turn(inputs);
	}

	void turn(List<Input> inputs) {
		inputs.forEach(this::take);
		this.supervisor.turn(inputs);
		if (this.served && !this.stopped && this.untold > 0) {
			throw new AssertionError(this.untold + " listeners without anybody who is told to accept");
		}
		if (!this.supervisor.isTerminated()
				&& this.supervisor.nextDeadline() >= this.clock.nanos() + this.settings.stallTimeout().toNanos()) {
			throw new AssertionError("The next turn has to come, whatever happens");
		}
	}

	private void take(Input input) {
		if (input instanceof Input.Exited exited) {
			FakeChild child = this.children.get(exited.launch());
			if (child != null) {
				tell(child, Set.of());
			}
		}
		else if (input instanceof Input.Readiness readiness && readiness.accepting()) {
			this.served = true;
		}
		else if (input instanceof Input.Stop) {
			this.stopped = true;
		}
	}

	private void tell(FakeChild child, Set<Integer> listeners) {
		for (int listener : child.told) {
			this.untold += (--this.told[listener] == 0) ? 1 : 0;
		}
		for (int listener : listeners) {
			this.untold -= (this.told[listener]++ == 0) ? 1 : 0;
		}
		child.told = listeners;
	}

	void launched(long launch, int slot) {
		assertThat(this.stopped).as("a launch after the stop").isFalse();
		assertThat(this.current[slot]).as("the child that fills the slot").isNull();
		FakeChild child = new FakeChild(launch, slot);
		this.children.put(launch, child);
		this.current[slot] = child;
		assertThat(booting()).as("children that boot at a time").isLessThanOrEqualTo(this.settings.bootParallelism());
		this.clock.after(MILLI, child::claim);
	}

	private long booting() {
		return this.children.values().stream().filter((child) -> child.boots).count();
	}

	FakeChild in(int slot) {
		FakeChild child = this.current[slot];
		assertThat(child).as("a child in slot %s", slot).isNotNull();
		return child;
	}

	boolean isReady(int slot) {
		FakeChild child = this.current[slot];
		return child != null && !child.boots;
	}

	void published(PreforkEvent event) {
		this.events.merge(event.getClass(), 1, Integer::sum);
	}

	int published(Class<? extends PreforkEvent> type) {
		return this.events.getOrDefault(type, 0);
	}

	/** All are ready, nobody else lives, and each accepts on its own and nothing else. */
	void assertWhole() {
		Fleet fleet = this.supervisor.fleet();
		assertThat(fleet.children()).hasSize(this.settings.children())
			.allMatch((member) -> member.state() == ChildState.READY && !member.stalled());
		assertThat(this.children).hasSize(this.settings.children());
		assertThat(this.children.values())
			.allMatch((child) -> child.told.equals(Set.of(this.settings.owned() ? child.slot : 0)));
		assertThat(this.refusing).as("the master refuses").isFalse();
	}

	static SupervisorSettings settings(int children, boolean owned, Duration stallTimeout, Duration assistAfter) {
		return new SupervisorSettings(children, children, 0, children / 2, owned, Duration.ofSeconds(60),
				Math.max(1, children / 4), assistAfter, stallTimeout, Duration.ofSeconds(30), Duration.ofSeconds(10),
				new SupervisorSettings.Recovery(3 * children, Duration.ofSeconds(60), Duration.ZERO,
						Duration.ofSeconds(30), OnExceeded.FAIL),
				HookRule.ABORT, SupervisorSettings.Recycle.OFF);
	}

	/** How many heartbeats of one child there are. */
	static long heartbeats(SupervisorSettings settings, long seconds) {
		return Duration.ofSeconds(seconds).dividedBy(settings.stallTimeout().multipliedBy(2).dividedBy(5));
	}

	/** How many children are told to accept on a listener. */
	int told(int listener) {
		return this.told[listener];
	}

	SplittableRandom random() {
		return new SplittableRandom(1);
	}

	int listeners() {
		return this.told.length;
	}

	/**
	 * A child that does as it is told.
	 */
	final class FakeChild {

		final long launch;

		final int slot;

		final Input heartbeat;

		boolean boots = true;

		boolean connected;

		boolean hangs;

		private boolean ends;

		private long version;

		private Set<Integer> told = Set.of();

		FakeChild(long launch, int slot) {
			this.launch = launch;
			this.slot = slot;
			this.heartbeat = new Input.Heartbeat(launch);
		}

		private void claim() {
			this.connected = true;
			post(new Input.Claimed(this.launch));
			post(new Input.ServerStarting(this.launch));
		}

		void passed() {
			for (int i = 0; i < listeners(); i++) {
				post(new Input.ListenerHeld(this.launch, i));
			}
			LargeFleet.this.clock.after(BOOT, () -> {
				this.boots = false;
				post(new Input.Readiness(this.launch, true));
			});
		}

		void accept(long version, Set<Integer> listeners) {
			tell(this, listeners);
			this.version = version;
			confirm();
		}

		private void confirm() {
			if (!this.hangs) {
				post(new Input.Accepting(this.launch, this.version));
			}
		}

		/** Do and say nothing for a while. */
		void hang(Duration time) {
			this.hangs = true;
			LargeFleet.this.clock.after(time.toNanos(), () -> {
				this.hangs = false;
				if (this.connected) {
					confirm();
				}
			});
		}

		void close(long request, Set<Integer> listeners) {
			tell(this, Set.of());
			post(new Input.ListenersClosed(this.launch, request));
		}

		/** A SIGTERM from outside. */
		void leave() {
			vacate();
			post(new Input.Readiness(this.launch, false));
			post(new Input.Leaving(this.launch));
		}

		void drain() {
			LargeFleet.this.clock.after(DRAIN, () -> die(143));
		}

		void die(int exitCode) {
			if (!this.ends) {
				this.ends = true;
				this.boots = false;
				this.connected = false;
				vacate();
				post(new Input.ChannelClosed(this.launch));
				post(new Input.Exited(this.launch, exitCode));
			}
		}

		private void vacate() {
			if (LargeFleet.this.current[this.slot] == this) {
				LargeFleet.this.current[this.slot] = null;
			}
		}

	}

}
