package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.SplittableRandom;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildResumed;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStalled;
import io.github.prefork.FleetReady;
import io.github.prefork.MasterReady;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand children for a simulated day.
 * <p>
 * What is left out, and why it changes nothing: heartbeats come every 4 s and the
 * stall-timeout is 10 s, because one that comes in time does no more than to move the
 * time at which a child would be late. Queues are not sampled, because they are sampled
 * at fixed times, whatever happens, and {@link FleetSimulationTests} has that. What all
 * children answer to one message comes in one turn. A rolling TERM takes twenty children
 * at a time, because each replacement is helped for twice the stall-timeout.
 */
class LargeFleetTests {

	private static final int CHILDREN = 1000;

	private static final int TERMINATED_AT_A_TIME = 20;

	private static final Duration HANG = Duration.ofSeconds(25);

	private final SplittableRandom random = new SplittableRandom(4);

	private final LargeFleet fleet = LargeFleet
		.ready(LargeFleet.settings(CHILDREN, true, Duration.ofSeconds(10), Duration.ZERO));

	private long midnight;

	private int lost;

	private int hung;

	@BeforeEach
	void startTheDay() {
		this.midnight = this.fleet.clock.nanos();
	}

	@Test
	void everyPromiseHoldsForThousandChildrenAndOneDay() {
		for (int hour = 0; hour < 24; hour++) {
			crash(1);
			this.fleet.live(Duration.ofMinutes(10));
			hang();
			this.fleet.live(Duration.ofMinutes(10));
			if (hour == 6) {
				crash(200);
			}
			if (hour == 12) {
				terminateAllInTurn();
			}
			until(Duration.ofHours(hour + 1));
			assertNothingIsForgotten();
		}
		stop();
	}

	private void crash(int children) {
		int first = this.random.nextInt(CHILDREN);
		for (int i = 0; i < children; i++) {
			this.fleet.in((first + i) % CHILDREN).die(137);
			this.lost++;
		}
	}

	private void hang() {
		int slot = this.random.nextInt(CHILDREN);
		this.fleet.in(slot).hang(HANG);
		this.hung++;
		this.fleet.live(HANG.minusSeconds(5));
		assertThat(this.fleet.published(ChildStalled.class)).isEqualTo(this.hung);
		assertThat(this.fleet.told(slot)).as("children told to accept for the one that hangs").isEqualTo(CHILDREN);
		this.fleet.live(Duration.ofSeconds(10));
		assertThat(this.fleet.published(ChildResumed.class)).isEqualTo(this.hung);
	}

	private void terminateAllInTurn() {
		for (int slot = 0; slot < CHILDREN; slot += TERMINATED_AT_A_TIME) {
			for (int i = slot; i < slot + TERMINATED_AT_A_TIME; i++) {
				this.fleet.in(i).leave();
				this.lost++;
			}
			this.fleet.live(Duration.ofSeconds(2));
			for (int i = slot; i < slot + TERMINATED_AT_A_TIME; i++) {
				assertThat(this.fleet.isReady(i)).as("slot %s is filled", i).isTrue();
			}
			// Until the siblings are let off
			this.fleet.live(Duration.ofSeconds(22));
		}
	}

	private void until(Duration time) {
		this.fleet.live(Duration.ofNanos(this.midnight - this.fleet.clock.nanos()).plus(time));
	}

	private void assertNothingIsForgotten() {
		this.fleet.assertWhole();
		assertThat(this.fleet.killed).as("children that had to be killed").isZero();
		assertThat(this.fleet.published(MasterReady.class)).isEqualTo(1);
		assertThat(this.fleet.published(FleetReady.class)).isEqualTo(1);
		assertThat(this.fleet.published(ChildExited.class)).isEqualTo(this.lost);
		assertThat(this.fleet.published(ChildRecovered.class)).isEqualTo(this.lost);
		assertThat(this.fleet.published(ChildSpawned.class)).isEqualTo(CHILDREN + this.lost);
		assertThat(this.fleet.published(ChildReady.class)).isEqualTo(CHILDREN + this.lost);
		assertThat(this.fleet.published(ChildStalled.class)).isEqualTo(this.hung);
		assertThat(this.fleet.supervisor.fleet().recoveries()).isEqualTo(this.lost);
	}

	private void stop() {
		this.fleet.post(new Input.Stop(false));
		this.fleet.live(this.fleet.settings.gracePeriod());
		assertThat(this.fleet.supervisor.isTerminated()).as("the stop ends in time").isTrue();
		assertThat(this.fleet.children).as("children that are left").isEmpty();
		assertThat(this.fleet.cause).isNull();
		assertThat(this.fleet.published(ChildExited.class)).isEqualTo(CHILDREN + this.lost);
	}

}
