package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.FleetReady;
import io.github.prefork.MasterReady;
import io.github.prefork.supervisor.SupervisorSettings.Recovery;
import io.github.prefork.supervisor.SupervisorSettings.Recycle;
import org.jspecify.annotations.Nullable;

/**
 * What happens in one simulated life of a fleet, all of it from one seed.
 */
final class Schedule {

	private static final long MILLI = SimulatedChild.MILLI;

	private static final long FOR_EVER = Duration.ofDays(1).toNanos();

	final long seed;

	final Random random;

	final SupervisorSettings settings;

	/** How many listeners the master has; none if each child binds its own. */
	final int listeners;

	final List<Fault> faults = new ArrayList<>();

	final long faultsUntil;

	final Ending ending;

	final long stopAt;

	final @Nullable Class<?> failingHook;

	private final double failingBoots;

	private final double hangingBoots;

	private final double stubborn;

	Schedule(long seed) {
		this.seed = seed;
		this.random = new Random(seed * 0x9E3779B97F4A7C15L);
		this.settings = settings();
		this.listeners = listeners();
		this.failingBoots = pick(0, 0, 0.1, 0.5);
		this.hangingBoots = pick(0, 0, 0, 0.1);
		this.stubborn = pick(0, 0, 0.2);
		this.failingHook = (this.random.nextInt(8) == 0) ? pickHook() : null;
		this.faultsUntil = (500 + this.random.nextInt(3000)) * MILLI;
		this.ending = Ending.values()[this.random.nextInt(Ending.values().length)];
		this.stopAt = (long) (this.random.nextDouble() * this.faultsUntil);
		int count = this.random.nextInt(12);
		for (int i = 0; i < count; i++) {
			this.faults.add(new Fault((long) (this.random.nextDouble() * this.faultsUntil),
					Kind.values()[this.random.nextInt(Kind.values().length)], this.random.nextInt(64),
					(20 + this.random.nextInt(1500)) * MILLI));
		}
	}

	private SupervisorSettings settings() {
		int children = 1 + this.random.nextInt(5);
		Recovery recovery = new Recovery(this.random.nextInt(10), Duration.ofMillis(pickLong(0, 1000, 5000)),
				Duration.ofMillis(pickLong(0, 0, 100)), Duration.ofMillis(pickLong(500, 2000)),
				(this.random.nextInt(3) == 0) ? OnExceeded.KEEP_SURVIVORS : OnExceeded.FAIL);
		Duration stallTimeout = Duration.ofMillis(pickLong(200, 500));
		return new SupervisorSettings(children, children + this.random.nextInt(4),
				(this.random.nextInt(3) == 0) ? 1 + this.random.nextInt(2) : 0, 1 + this.random.nextInt(children),
				this.random.nextInt(3) > 0, Duration.ofMillis(pickLong(800, 3000)), 1 + this.random.nextInt(children),
				Duration.ofMillis(pickLong(0, 20)), stallTimeout, heartbeatTimeout(stallTimeout),
				Duration.ofMillis(pickLong(300, 2000)), recovery,
				(this.random.nextInt(3) == 0) ? HookRule.LOG : HookRule.ABORT, recycle());
	}

	private Recycle recycle() {
		// Amid the other faults, so that they meet
		return (this.random.nextInt(4) > 0) ? Recycle.OFF : new Recycle(pickLong(0, 200, 1000),
				Duration.ofMillis(pickLong(0, 0, 700, 3000)), pickLong(0, 150, 400), pick(0, 0.1, 1));
	}

	/** How many requests a child has had that has served for so long. */
	long requests(long launch, long served) {
		return served / MILLI * (1 + launch % 3) / 2;
	}

	/** How much memory a child uses that has served for so long. */
	long memory(long launch, long served) {
		return 100 + served / MILLI * (launch % 3) / 10;
	}

	private Duration heartbeatTimeout(Duration stallTimeout) {
		// Never, amid the faults' lengths, or longer than most of them
		return stallTimeout.multipliedBy(pickLong(0, 2, 5));
	}

	private int listeners() {
		if (!this.settings.owned()) {
			return 1;
		}
		return (this.random.nextInt(5) > 0) ? this.settings.children() : 0;
	}

	Boot nextBoot() {
		long claim = this.random.nextInt(20) * MILLI;
		long server = (10 + this.random.nextInt(150)) * MILLI;
		long ready = (10 + this.random.nextInt(150)) * MILLI;
		if (this.random.nextDouble() < this.failingBoots) {
			return new Boot(claim, server, ready, this.random.nextInt(3));
		}
		if (this.random.nextDouble() >= this.hangingBoots) {
			return new Boot(claim, server, ready, null);
		}
		return switch (this.random.nextInt(3)) {
			case 0 -> new Boot(FOR_EVER, server, ready, null);
			case 1 -> new Boot(claim, FOR_EVER, ready, null);
			default -> new Boot(claim, server, FOR_EVER, null);
		};
	}

	boolean bootsReliably() {
		return this.failingBoots == 0 && this.hangingBoots == 0;
	}

	/** Whether children are launched in a special way, which some of them do not bear. */
	boolean special() {
		return this.seed % 3 == 0;
	}

	/** How a child boots that is launched in the special way. */
	Boot specialBoot(long launch, Boot boot) {
		int fate = new SplittableRandom(this.seed * 13 + launch * 7).nextInt(4);
		if (fate == 0 && this.hangingBoots > 0) {
			return new Boot(boot.claim(), boot.server(), FOR_EVER, null);
		}
		return (fate < 2) ? new Boot(boot.claim(), boot.server(), boot.ready(), 1) : boot;
	}

	/**
	 * When the application is there: from the start, in nanoseconds after it, or never,
	 * where the life ends early.
	 */
	long attachedAt() {
		// Not too late for what has to happen until the faults are over
		SplittableRandom random = new SplittableRandom(this.seed * 11 + 5);
		return switch (random.nextInt(6)) {
			case 0 -> random.nextLong(this.faultsUntil);
			case 1 -> random.nextLong(500 * MILLI);
			case 2 -> this.ending.calm() ? this.faultsUntil : FOR_EVER;
			default -> 0;
		};
	}

	long heartbeat() {
		return this.settings.stallTimeout().toNanos() / 5;
	}

	/** How long a child that leaves waits for the master. */
	long patience() {
		return this.settings.gracePeriod().toNanos() * 4 / 5;
	}

	long drainTime() {
		return (long) (this.random.nextDouble() * 0.9 * this.settings.gracePeriod().toNanos());
	}

	/** Whether a debugger may stop a child at any time. */
	boolean debugged(long launch) {
		return new SplittableRandom(this.seed * 7 + launch * 17).nextInt(10) == 0;
	}

	/** Whether a child never ends by being asked to. */
	boolean stubborn(long launch) {
		// The first number of a Random hardly differs between neighbouring seeds
		return new SplittableRandom(this.seed + launch * 31).nextDouble() < this.stubborn;
	}

	private double pick(double... values) {
		return values[this.random.nextInt(values.length)];
	}

	private long pickLong(long... values) {
		return values[this.random.nextInt(values.length)];
	}

	private Class<?> pickHook() {
		return List.of(ChildSpawned.class, MasterReady.class, ChildRecovered.class, ChildExited.class, FleetReady.class)
			.get(this.random.nextInt(5));
	}

	/**
	 * How the life ends.
	 */
	enum Ending {

		/** After a time without faults. */
		CALM,

		/** As CALM, twice as often as the others. */
		CALM_AGAIN,

		/** At any time, amid faults. */
		EARLY,

		/** As EARLY, and asked for again soon. */
		TWICE,

		/** As EARLY, at once. */
		URGENT;

		boolean calm() {
			return this == CALM || this == CALM_AGAIN;
		}

	}

	/**
	 * What goes wrong.
	 */
	enum Kind {

		/** SIGKILL. */
		KILL,

		/** An abort of the JVM. */
		CRASH,

		/** The process ends without a word, with status 0. */
		EXIT_ZERO,

		/** SIGSTOP, later SIGCONT. */
		STOP,

		/** The event loop is blocked; heartbeats go on. */
		BLOCK_LOOP,

		/** Memory runs out in the child, which says so. */
		OUT_OF_MEMORY,

		/** SIGTERM from outside. */
		TERM,

		/** Refuses traffic for a while. */
		REFUSE,

		/** Accepting on one listener fails for a while. */
		BLOCK,

		/** The channel ends and the process lives on. */
		LOSE_CHANNEL,

		/** The master is stopped for a while. */
		PAUSE_MASTER,

		/** Master and children are stopped for a while. */
		PAUSE_ALL,

		/** The next process can't be started. */
		LAUNCH_FAILURE,

		/** SIGKILL of all children. */
		ALL_KILLED,

		/** No fault: a rolling restart. */
		RESTART,

		/** No fault: another number of children. */
		SCALE,

		/** No fault: some children more or less, one after the other. */
		SCALE_BY,

		/** No listener can be added the next time. */
		LISTENER_FAILURE

	}

	/**
	 * A fault.
	 *
	 * @param at when, from the start
	 * @param kind what
	 * @param victim which child, modulo their number
	 * @param length for how long, where it has a length
	 */
	record Fault(long at, Kind kind, int victim, long length) {

	}

	/**
	 * How a child boots.
	 *
	 * @param claim when it claims its place
	 * @param server how long it takes from then on until its web server starts
	 * @param ready how long it takes from the listeners on until it is ready
	 * @param exitCode the status that it ends with instead of getting ready
	 */
	record Boot(long claim, long server, long ready, @Nullable Integer exitCode) {

		boolean hangs() {
			return this.claim == FOR_EVER || this.server == FOR_EVER || this.ready == FOR_EVER;
		}

	}

}
