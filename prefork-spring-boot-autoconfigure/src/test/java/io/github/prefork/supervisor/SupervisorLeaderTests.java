package io.github.prefork.supervisor;

import java.util.List;

import io.github.prefork.Fleet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: who leads.
 */
class SupervisorLeaderTests {

	private RecordedFleet fleet = RecordedFleet.ready();

	@Test
	void firstReadyChildLeadsAndIsAskedOnce() {
		RecordedFleet starting = new RecordedFleet(RecordedFleet.SETTINGS);
		starting.turn(new Input.Start());
		starting.becomeReady(1);
		assertThat(starting.lines("lead")).containsExactly("lead 1 true");
		assertThat(starting.lines("survey")).containsExactly("survey 1 3");
		starting.becomeReady(2);
		starting.becomeReady(3);
		starting.turn(new Input.ChannelClosed(1), new Input.Exited(1, 137));
		assertThat(starting.lines("survey")).hasSize(1);
	}

	@Test
	void leaderWhenItIsLostIsTheNextOneAndThenItsReplacement() {
		this.fleet.lines.clear();
		this.fleet.turn(new Input.ChannelClosed(1));
		assertThat(this.fleet.lines("lead")).endsWith("lead 2 true");
		assertThat(leaders()).containsExactly(1);
		this.fleet.turn(new Input.Exited(1, 137));
		this.fleet.lines.clear();
		this.fleet.becomeReady(4);
		assertThat(this.fleet.lines("lead")).containsExactly("lead 2 false", "lead 4 true");
		assertThat(leaders()).containsExactly(0);
	}

	@Test
	void leaderWhenItLeavesIsToldSoBeforeTheNextOneAndBeforeItIsLetGo() {
		this.fleet.lines.clear();
		this.fleet.turn(new Input.Leaving(1));
		assertThat(this.fleet.lines).startsWith("lead 1 false", "lead 2 true");
	}

	@Test
	void leaderWhenItRefusesTrafficIsAnotherOneMeanwhile() {
		this.fleet.lines.clear();
		this.fleet.turn(new Input.Readiness(1, false));
		assertThat(this.fleet.lines("lead")).containsExactly("lead 1 false", "lead 2 true");
		this.fleet.lines.clear();
		this.fleet.turn(new Input.Readiness(1, true));
		assertThat(this.fleet.lines("lead")).containsExactly("lead 2 false", "lead 1 true");
	}

	@Test
	void leaderWhenAnotherOneEndsStays() {
		this.fleet.lines.clear();
		this.fleet.turn(new Input.ChannelClosed(2), new Input.Exited(2, 137));
		assertThat(this.fleet.lines("lead")).isEmpty();
	}

	@Test
	void leaderWhenTheFleetStopsStays() {
		this.fleet.lines.clear();
		this.fleet.turn(new Input.Stop(false));
		this.fleet.turn(new Input.ChannelClosed(1), new Input.Exited(1, 143));
		assertThat(this.fleet.lines("lead")).isEmpty();
	}

	@Test
	void fleetOfOneIsAskedNothingUntilItGrows() {
		RecordedFleet alone = new RecordedFleet(TestSettings.like(RecordedFleet.SETTINGS).children(1).build());
		alone.turn(new Input.Start());
		alone.becomeReady(1);
		assertThat(alone.lines("lead")).containsExactly("lead 1 true");
		assertThat(alone.lines("survey")).isEmpty();
		alone.turn(new Input.Scale(7, 2));
		alone.becomeReady(2);
		assertThat(alone.lines("survey")).containsExactly("survey 1 2");
	}

	@Test
	void standbysAreCountedAmongThoseThatRunTheApplication() {
		RecordedFleet alone = new RecordedFleet(
				TestSettings.like(RecordedFleet.SETTINGS).children(1).standby(2).build());
		alone.turn(new Input.Start());
		alone.becomeReady(1);
		assertThat(alone.lines("survey")).containsExactly("survey 1 3");
	}

	private List<Integer> leaders() {
		return this.fleet.supervisor.fleet()
			.children()
			.stream()
			.filter(Fleet.Member::leader)
			.map((member) -> member.identity().slot())
			.toList();
	}

}
