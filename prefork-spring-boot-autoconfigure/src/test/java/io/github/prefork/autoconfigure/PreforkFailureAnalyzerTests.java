package io.github.prefork.autoconfigure;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;

import io.github.prefork.ChildLauncherException;
import io.github.prefork.ChildLauncherException.Problem;
import io.github.prefork.ChildSpawned;
import io.github.prefork.ChildStartException;
import io.github.prefork.HookFailedException;
import io.github.prefork.PreforkException;
import io.github.prefork.RecoveryExceededException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkFailureAnalyzer} and {@link FailureReport}.
 */
class PreforkFailureAnalyzerTests {

	@Test
	void analyzeWhenRecoveryIsExceededNamesCountsAndProperties() {
		FailureAnalysis analysis = analyze(new RecoveryExceededException(6, 5, Duration.ofSeconds(60), false,
				"The child in slot 1 (pid 4711) ended with status 137"));
		assertThat(analysis.getDescription())
			.isEqualTo("6 children ended unplanned within 60s, and 'prefork.recovery.threshold' allows 5. "
					+ "The last one: The child in slot 1 (pid 4711) ended with status 137.");
		assertThat(analysis.getAction()).contains("prefork.recovery.threshold", "prefork.recovery.window",
				"logging.file.name");
	}

	@Test
	void analyzeWhenTheLastSurvivorHasEndedSaysSo() {
		assertThat(analyze(new RecoveryExceededException(2, 1, Duration.ofSeconds(60), true, "gone")).getDescription())
			.contains("allows 1. Those that were left went on serving", "the last of them has ended now", "gone");
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, since the start of the master", "PT0.5S, within 500ms", "PT1.5S, within 1500ms",
			"PT2M, within 120s" })
	void analyzeWhenRecoveryIsExceededNamesWindow(Duration window, String expected) {
		assertThat(analyze(new RecoveryExceededException(1, 0, window, false, "gone")).getDescription())
			.contains("unplanned " + expected + ",");
	}

	@Test
	void analyzeWhenFirstChildEndedNamesSlotStatusAndWhereItsOutputIs() {
		FailureAnalysis analysis = analyze(
				new ChildStartException(0, 1, "The child in slot 0 (pid 4711) ended with exit status 1", null));
		assertThat(analysis.getDescription())
			.isEqualTo("The child in slot 0 (pid 4711) ended with exit status 1. The fleet was not started.");
		assertThat(analysis.getAction()).contains("slot 0", "standard output", "logging.file.name",
				"prefork.boot-timeout");
	}

	@Test
	void analyzeWhenExceptionKnowsWhatToDoSaysThat() {
		FailureAnalysis analysis = analyze(new PreforkException("The disk is full", "Empty it.", null));
		assertThat(analysis.getDescription()).isEqualTo("The disk is full.");
		assertThat(analysis.getAction()).isEqualTo("Empty it.");
	}

	@Test
	void analyzeWhenNoProcessWasStartedSaysNothingOfItsOutput() {
		FailureAnalysis analysis = analyze(
				new ChildStartException(2, null, "Unable to launch the child in slot 2: no java", new Exception()));
		assertThat(analysis.getDescription()).isEqualTo("Unable to launch the child in slot 2: no java.");
		assertThat(analysis.getAction()).contains("memory").doesNotContain("standard output", "ChildLauncher");
	}

	@Test
	void analyzeWhenFirstChildEndedWithSuccessThinksOfAWrapper() {
		assertThat(analyze(new ChildStartException(0, 0, "It ended", null)).getAction()).contains("ChildLauncher",
				"exec");
		assertThat(analyze(new ChildStartException(0, 1, "It ended", null)).getAction())
			.doesNotContain("ChildLauncher");
	}

	@ParameterizedTest
	@CsvSource({ "FAILED, must be there and allowed", "RETURNED_NULL, throw an exception that says why",
			"NOT_STARTED, ProcessBuilder.start()", "RETURNED_BEFORE, one process each time",
			"NOT_WATCHABLE, onExit()" })
	void analyzeWhenLauncherIsWrongSaysHowToMendIt(Problem problem, String remedy) {
		FailureAnalysis analysis = analyze(new ChildLauncherException(2, problem, "It is wrong", null));
		assertThat(analysis.getDescription()).isEqualTo("It is wrong.");
		assertThat(analysis.getAction()).contains("ChildLauncher bean", remedy);
	}

	@Test
	void analyzeWhenHookFailedNamesEventExceptionAndPlace() {
		FailureAnalysis analysis = analyze(new HookFailedException(new ChildSpawned(0, 0, 4711), failure()));
		assertThat(analysis.getDescription()).startsWith("A listener of ChildSpawned[slot=0")
			.contains("failed with java.lang.IllegalStateException: no disk")
			.contains("thrown at " + PreforkFailureAnalyzerTests.class.getName() + ".failure");
		assertThat(analysis.getAction()).contains("ChildSpawned", "MasterReady", "ChildRecovered");
	}

	@Test
	void analyzeWhenHookFailedWithErrorNamesTheError() {
		AssertionError error = new AssertionError("impossible");
		assertThat(
				analyze(new HookFailedException(new ChildSpawned(0, 0, 4711), new UndeclaredThrowableException(error)))
					.getDescription())
			.contains("failed with java.lang.AssertionError: impossible");
	}

	@Test
	void analyzeWhenHookFailedWithStacklessExceptionNamesTheException() {
		IllegalStateException stackless = failure();
		stackless.setStackTrace(new StackTraceElement[0]);
		assertThat(analyze(new HookFailedException(new ChildSpawned(0, 0, 4711), stackless)).getDescription())
			.endsWith("failed with java.lang.IllegalStateException: no disk.");
	}

	@Test
	void analyzeWhenOtherSaysItAndHowToDoWithout() {
		FailureAnalysis analysis = analyze(new PreforkException("prefork.required=true, but it can't work"));
		assertThat(analysis.getDescription()).isEqualTo("prefork.required=true, but it can't work.");
		assertThat(analysis.getAction()).contains("prefork.enabled=false");
	}

	@Test
	void analyzeWhenPortIsInUseLeavesItToSpringBoot() {
		PortInUseException portInUse = new PortInUseException(8080);
		assertThat(new PreforkFailureAnalyzer().analyze(new PreforkException("can't listen", portInUse))).isNull();
		assertThat(new PreforkFailureAnalyzer().analyze(portInUse)).isNull();
		assertThat(analyze(new HookFailedException(new ChildSpawned(0, 0, 4711), portInUse)).getDescription())
			.contains("A listener of ChildSpawned");
	}

	@Test
	void analyzeWhenAmongOthersComesFirst() {
		assertThat(SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, FailureHandler.handleMessage((message, ex) -> {
			}))).first().isInstanceOf(PreforkFailureAnalyzer.class);
	}

	@Test
	void reportHasDescriptionAndAction() {
		PreforkException cause = new PreforkException("can't go on", new PortInUseException(8080));
		assertThat(FailureReport.of(cause)).contains("PREFORK FLEET FAILED", "Description:", "can't go on.", "Action:",
				"prefork.enabled=false");
	}

	private static IllegalStateException failure() {
		return new IllegalStateException("no disk");
	}

	private static FailureAnalysis analyze(PreforkException failure) {
		// As Spring wraps it
		FailureAnalysis analysis = new PreforkFailureAnalyzer()
			.analyze(new ApplicationContextException("Failed to start bean 'webServerStartStop'", failure));
		assertThat(analysis).isNotNull();
		assertThat(analysis.getCause()).isSameAs(failure);
		return analysis;
	}

}
