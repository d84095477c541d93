package io.github.prefork.supervisor;

import java.nio.file.Path;

import io.github.prefork.ChildExited;
import io.github.prefork.ExitReason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what a {@link Supervisor} tells about the end of a child.
 */
class SupervisorExitTests {

	@Test
	void exitWhenThereIsAReportNamesIt() {
		Path report = Path.of("/x/hs_err_pid102.log");
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.Exited(2, 134, new ExitEvidence(true, false, report, false)));
		assertThat(exit(fleet).crashReport()).isEqualTo(report);
		assertThat(exit(fleet).reason()).isEqualTo(ExitReason.CRASHED);
		assertThat(exit(fleet).signal()).hasValue(6);
	}

	@Test
	void exitWhenChildSaidThatMemoryHasRunOutTellsThat() {
		RecordedFleet fleet = RecordedFleet.ready();
		fleet.turn(new Input.OutOfMemory(2, "direct"), new Input.ChannelClosed(2), new Input.Exited(2, 3));
		assertThat(exit(fleet).reason()).isEqualTo(ExitReason.OUT_OF_MEMORY);
		assertThat(exit(fleet).signal()).isEmpty();
		assertThat(fleet.supervisor.fleet().exits()).containsEntry(ExitReason.OUT_OF_MEMORY, 1L);
	}

	@Test
	void exitWhenFirstBootRunsOutOfMemorySaysWhich() {
		RecordedFleet fleet = RecordedFleet.started();
		fleet.turn(new Input.Claimed(1), new Input.OutOfMemory(1, "unable to create native thread"),
				new Input.Exited(1, 3));
		assertThat(fleet.cause).hasMessageContaining("reason out-of-memory")
			.hasMessageContaining("It said: unable to create native thread");
	}

	private static ChildExited exit(RecordedFleet fleet) {
		return fleet.events.stream()
			.filter(ChildExited.class::isInstance)
			.map(ChildExited.class::cast)
			.findFirst()
			.orElseThrow();
	}

}
