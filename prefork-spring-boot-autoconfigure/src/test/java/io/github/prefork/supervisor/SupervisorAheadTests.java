package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.ChildExited;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.FleetReady;
import io.github.prefork.HookFailedException;
import io.github.prefork.MasterReady;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: a fleet that starts before its application is there.
 */
class SupervisorAheadTests {

	private final RecordedFleet fleet = new RecordedFleet(RecordedFleet.SETTINGS);

	@Test
	void childrenServeAndNothingIsPublished() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.becomeReady(1);
		assertThat(this.fleet.lines("launch")).containsExactly("launch 1 slot 0", "launch 2 slot 1", "launch 3 slot 2");
		assertThat(this.fleet.lines("accept")).containsExactly("accept 1 v1 [0, 1, 2]");
		this.fleet.becomeReady(2);
		this.fleet.becomeReady(3);
		this.fleet.live(Duration.ofSeconds(120), 1, 2, 3);
		assertThat(this.fleet.events).isEmpty();
		assertThat(this.fleet.lines).doesNotContain("started");
	}

	@Test
	void attachedPublishesInOrder() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.becomeReady(1);
		this.fleet.turn(new Input.Attached());
		assertThat(this.fleet.events).extracting(Object::getClass)
			.containsExactly(ChildSpawned.class, ChildReady.class, ChildSpawned.class, ChildSpawned.class,
					MasterReady.class);
		assertThat(this.fleet.lines("launch")).hasSize(3);
		this.fleet.becomeReady(2);
		this.fleet.becomeReady(3);
		assertThat(this.fleet.events).hasSize(8).last().isInstanceOf(FleetReady.class);
		assertThat(this.fleet.lines).endsWith("started");
	}

	@Test
	void attachedBeforeTheFirstIsReadyLaunchesNobody() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.turn(new Input.Attached());
		assertThat(this.fleet.events).hasOnlyElementsOfType(ChildSpawned.class).hasSize(1);
		assertThat(this.fleet.lines("launch")).hasSize(1);
		this.fleet.becomeReady(1);
		assertThat(this.fleet.lines("launch")).hasSize(3);
	}

	@Test
	void failureOfTheFirstIsKept() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.turn(new Input.Exited(1, 3));
		this.fleet.live(Duration.ofSeconds(60));
		assertThat(this.fleet.supervisor.isTerminated()).isFalse();
		assertThat(this.fleet.lines).contains("close master").doesNotContain("stopped");
		assertThat(this.fleet.events).isEmpty();
		this.fleet.turn(new Input.Attached());
		assertThat(this.fleet.supervisor.isTerminated()).isTrue();
		assertThat(this.fleet.events).extracting(Object::getClass)
			.containsExactly(ChildSpawned.class, ChildExited.class);
		assertThat(this.fleet.cause).isInstanceOf(ChildStartException.class);
		assertThat(this.fleet.lines("launch")).hasSize(1);
	}

	@Test
	void bootTimeoutOfTheFirstIsKept() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.live(RecordedFleet.SETTINGS.bootTimeout().plusSeconds(1));
		assertThat(this.fleet.lines).contains("kill 1");
		this.fleet.turn(new Input.Exited(1, 137));
		this.fleet.turn(new Input.Attached());
		assertThat(this.fleet.cause).isInstanceOf(ChildStartException.class);
	}

	@Test
	void stopAfterAFailureEnds() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.turn(new Input.Exited(1, 3));
		this.fleet.turn(new Input.Stop(false));
		assertThat(this.fleet.supervisor.isTerminated()).isTrue();
		assertThat(this.fleet.events).isEmpty();
	}

	@Test
	void stopBeforeAttachedDrainsAndPublishesNothing() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.becomeReady(1);
		this.fleet.turn(new Input.Stop(false));
		assertThat(this.fleet.lines).contains("close master", "close 1 r1 [0, 1, 2] last");
		this.fleet.turn(new Input.ListenersClosed(1, 1));
		assertThat(this.fleet.lines).contains("drain 1");
		this.fleet.turn(new Input.Exited(1, 0), new Input.Exited(2, 0), new Input.Exited(3, 0));
		assertThat(this.fleet.supervisor.isTerminated()).isTrue();
		assertThat(this.fleet.events).isEmpty();
		assertThat(this.fleet.cause).isNull();
	}

	@Test
	void lossAfterReadinessIsReplacedAtOnce() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.becomeReady(1);
		this.fleet.becomeReady(2);
		this.fleet.turn(new Input.Exited(1, 137));
		this.fleet.live(Duration.ofSeconds(5), 2, 3);
		assertThat(this.fleet.lines("launch")).containsExactly("launch 1 slot 0", "launch 2 slot 1", "launch 3 slot 2",
				"launch 4 slot 0");
		this.fleet.becomeReady(4);
		assertThat(this.fleet.events).isEmpty();
		this.fleet.turn(new Input.Attached());
		assertThat(this.fleet.events).extracting(Object::getClass)
			.containsSubsequence(ChildSpawned.class, ChildReady.class, ChildExited.class, ChildSpawned.class);
		assertThat(this.fleet.events).hasAtLeastOneElementOfType(ChildRecovered.class);
	}

	@Test
	void specialLaunchThatIsGivenUpIsMadeAgain() {
		this.fleet.special.add(1L);
		this.fleet.turn(new Input.Start(false));
		this.fleet.turn(new Input.Exited(1, 1));
		this.fleet.live(Duration.ofSeconds(1));
		assertThat(this.fleet.lines("launch")).hasSize(2);
		this.fleet.becomeReady(2);
		assertThat(this.fleet.lines("launch")).hasSize(4);
	}

	@Test
	void hookThatFailsWhenAttachedStopsTheFleet() {
		this.fleet.failingHook = ChildSpawned.class;
		this.fleet.turn(new Input.Start(false));
		this.fleet.becomeReady(1);
		this.fleet.turn(new Input.Attached());
		this.fleet.turn(new Input.Exited(2, 0), new Input.Exited(3, 0), new Input.Exited(1, 0));
		assertThat(this.fleet.cause).isInstanceOf(HookFailedException.class);
		assertThat(this.fleet.events).extracting(Object::getClass)
			.containsExactly(ChildSpawned.class, ChildSpawned.class, ChildSpawned.class, ChildExited.class,
					ChildExited.class, ChildExited.class);
		assertThat(this.fleet.lines("launch")).hasSize(3);
	}

	@Test
	void operationsBeforeAttachedAreRefused() {
		this.fleet.turn(new Input.Start(false));
		this.fleet.becomeReady(1);
		this.fleet.turn(new Input.Restart(1), new Input.Recycle(2, 0), new Input.Scale(3, 4));
		assertThat(this.fleet.lines).filteredOn((line) -> line.contains("REFUSED: The fleet has not started yet"))
			.hasSize(3);
	}

}
