package io.github.prefork.supervisor;

import java.nio.file.Path;
import java.util.SplittableRandom;

import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExitClassifier}.
 */
class ExitClassifierTests {

	private static final ExitEvidence EXITS = new ExitEvidence(true, false, null, false);

	private static final ExitEvidence KERNEL = new ExitEvidence(true, true, null, false);

	private static final ExitEvidence REPORT = new ExitEvidence(true, false, Path.of("hs_err_pid1.log"), true);

	private final Child child = new Child(1,
			new Slot(0, new RestartDelay(RecordedFleet.SETTINGS.recovery(), new SplittableRandom(1))),
			new ChildIdentity(0, 0, 1), 0, 0);

	@BeforeEach
	void serve() {
		this.child.served = true;
		this.child.state = ChildState.READY;
	}

	@ParameterizedTest
	@CsvSource({ "0, CRASHED", "1, CRASHED", "3, CRASHED", "-1, CRASHED", "134, CRASHED", "139, CRASHED", "137, KILLED",
			"143, KILLED", "129, KILLED", "192, KILLED", "193, CRASHED", "255, CRASHED" })
	void classifyWhenServedGoesByTheStatus(int exitCode, ExitReason reason) {
		assertThat(classify(exitCode, ExitEvidence.NONE)).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource({ "1, CRASHED", "3, OUT_OF_MEMORY", "137, KILLED", "134, CRASHED" })
	void classifyWhenTheJvmExitsOutOfMemoryTakesItsStatusForThat(int exitCode, ExitReason reason) {
		assertThat(classify(exitCode, EXITS)).isEqualTo(reason);
	}

	@ParameterizedTest
	@CsvSource({ "1, CRASHED", "134, CRASHED", "137, OUT_OF_MEMORY", "143, KILLED" })
	void classifyWhenTheKernelHasKilledTakesSigkillForThat(int exitCode, ExitReason reason) {
		assertThat(classify(exitCode, KERNEL)).isEqualTo(reason);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 134 })
	void classifyWhenTheReportTellsOfMemoryBelievesIt(int exitCode) {
		assertThat(classify(exitCode, REPORT)).isEqualTo(ExitReason.OUT_OF_MEMORY);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 137, 143 })
	void classifyWhenTheChildSaidSoBelievesIt(int exitCode) {
		this.child.outOfMemory = true;
		assertThat(classify(exitCode, ExitEvidence.NONE)).isEqualTo(ExitReason.OUT_OF_MEMORY);
		this.child.served = false;
		assertThat(classify(exitCode, ExitEvidence.NONE)).isEqualTo(ExitReason.OUT_OF_MEMORY);
	}

	@Test
	void classifyWhenNeverReadyTellsMemoryFromAnotherFailure() {
		this.child.served = false;
		assertThat(classify(3, ExitEvidence.NONE)).isEqualTo(ExitReason.BOOT_FAILED);
		assertThat(classify(137, ExitEvidence.NONE)).isEqualTo(ExitReason.BOOT_FAILED);
		assertThat(classify(3, EXITS)).isEqualTo(ExitReason.OUT_OF_MEMORY);
		assertThat(classify(137, KERNEL)).isEqualTo(ExitReason.OUT_OF_MEMORY);
		this.child.failing = "the application's own status";
		assertThat(classify(3, EXITS)).isEqualTo(ExitReason.BOOT_FAILED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 3, 137, 143 })
	void classifyWhenLeavingIsNotOutOfMemory(int exitCode) {
		this.child.state = ChildState.LEAVING;
		assertThat(classify(exitCode, KERNEL)).isEqualTo(ExitReason.LEFT);
	}

	@Test
	void classifyWhenTheMasterHasEndedItIsItsReason() {
		this.child.outOfMemory = true;
		this.child.planned = true;
		assertThat(classify(3, EXITS)).isEqualTo(ExitReason.PLANNED);
		this.child.killedFor = ExitReason.LOST_CHANNEL;
		assertThat(classify(137, KERNEL)).isEqualTo(ExitReason.LOST_CHANNEL);
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "1, false", "3, false", "-1, false", "134, false", "139, false", "137, true", "143, true",
			"129, true" })
	void isFromOutsideWhenASignalEndsAChildThatBoots(int exitCode, boolean outside) {
		this.child.served = false;
		assertThat(isFromOutside(exitCode, ExitEvidence.NONE)).isEqualTo(outside);
	}

	@Test
	void isFromOutsideWhenThereIsNoMemory() {
		this.child.served = false;
		assertThat(isFromOutside(3, EXITS)).isTrue();
		assertThat(isFromOutside(137, KERNEL)).isTrue();
		assertThat(isFromOutside(134, REPORT)).isTrue();
	}

	@Test
	void isFromOutsideWhenTheStartHasFailedIsNot() {
		this.child.served = false;
		this.child.failing = "no database";
		assertThat(isFromOutside(143, ExitEvidence.NONE)).isFalse();
		this.child.failing = null;
		this.child.killedFor = ExitReason.BOOT_TIMEOUT;
		assertThat(isFromOutside(137, KERNEL)).isFalse();
	}

	private boolean isFromOutside(int exitCode, ExitEvidence evidence) {
		return ExitClassifier.isFromOutside(this.child, exitCode, classify(exitCode, evidence));
	}

	private ExitReason classify(int exitCode, ExitEvidence evidence) {
		return ExitClassifier.classify(this.child, exitCode, evidence);
	}

}
