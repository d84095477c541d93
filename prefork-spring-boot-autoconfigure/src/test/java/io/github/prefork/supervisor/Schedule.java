package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.prefork.supervisor.SupervisorSettings.Recovery;
import org.jspecify.annotations.Nullable;

/**
 * What happens in one simulated life of a fleet, all of it from one seed.
 */
final class Schedule {

	private static final long MILLI = SimulatedChild.MILLI;

	final long seed;

	final Random random;

	final SupervisorSettings settings;

	final List<Fault> faults = new ArrayList<>();

	final long faultsUntil;

	final boolean urgentStop;

	final boolean doubleStop;

	private final double failingBoots;

	private final double hangingBoots;

	private final double stubborn;

	final @Nullable Class<?> failingHook;

	Schedule(long seed) {
		this.seed = seed;
		this.random = new Random(seed * 0x9E3779B97F4A7C15L);
		this.settings = settings();
		this.failingBoots = pick(0, 0, 0.1, 0.5);
		this.hangingBoots = pick(0, 0, 0, 0.1);
		this.stubborn = pick(0, 0, 0.2);
		this.failingHook = (this.random.nextInt(12) == 0) ? pickHook() : null;
		this.faultsUntil = (500 + this.random.nextInt(3000)) * MILLI;
		this.urgentStop = this.random.nextInt(6) == 0;
		this.doubleStop = this.random.nextInt(4) == 0;
		int count = this.random.nextInt(9);
		for (int i = 0; i < count; i++) {
			this.faults.add(new Fault((long) (this.random.nextDouble() * this.faultsUntil),
					Kind.values()[this.random.nextInt(Kind.values().length)], this.random.nextInt(64),
					(20 + this.random.nextInt(1500)) * MILLI));
		}
	}

	private SupervisorSettings settings() {
		int children = 1 + this.random.nextInt(5);
		Recovery recovery = new Recovery(this.random.nextInt(6), Duration.ofMillis(pickLong(0, 1000, 5000)),
				Duration.ofMillis(pickLong(0, 0, 100)), Duration.ofMillis(pickLong(500, 2000)));
		return new SupervisorSettings(children, 1 + this.random.nextInt(children), this.random.nextInt(3) > 0,
				Duration.ofMillis(pickLong(800, 3000)), 1 + this.random.nextInt(children),
				Duration.ofMillis(pickLong(0, 0, 20)), Duration.ofMillis(pickLong(200, 500)),
				Duration.ofMillis(pickLong(300, 2000)), recovery);
	}

	Boot nextBoot() {
		long ready = (20 + this.random.nextInt(300)) * MILLI;
		long claim = this.random.nextInt(20) * MILLI;
		if (this.random.nextDouble() < this.failingBoots) {
			return new Boot(claim, ready, this.random.nextInt(3));
		}
		boolean hangs = this.random.nextDouble() < this.hangingBoots;
		return new Boot(claim, hangs ? Duration.ofDays(1).toNanos() : ready, null);
	}

	boolean bootsReliably() {
		return this.failingBoots == 0 && this.hangingBoots == 0;
	}

	long heartbeat() {
		return this.settings.stallTimeout().toNanos() / 5;
	}

	long drain() {
		return this.settings.gracePeriod().toNanos() / 2;
	}

	boolean ignoresDrain(long launch) {
		return new Random(this.seed + launch * 31).nextDouble() < this.stubborn;
	}

	private double pick(double... values) {
		return values[this.random.nextInt(values.length)];
	}

	private long pickLong(long... values) {
		return values[this.random.nextInt(values.length)];
	}

	private Class<?> pickHook() {
		return List
			.of(io.github.prefork.ChildSpawned.class, io.github.prefork.MasterReady.class,
					io.github.prefork.ChildRecovered.class, io.github.prefork.ChildExited.class,
					io.github.prefork.FleetReady.class)
			.get(this.random.nextInt(5));
	}

	enum Kind {

		KILL, CRASH, EXIT_ZERO, STOP, TERM, REFUSE, BLOCK, LOSE_CHANNEL, PAUSE_MASTER, LAUNCH_FAILURE, ALL_KILLED

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
	 * @param claimAfter when it claims its place
	 * @param readyAfter how long it takes from then on
	 * @param exitCode the status that it ends with instead
	 */
	record Boot(long claimAfter, long readyAfter, @Nullable Integer exitCode) {

	}

}
