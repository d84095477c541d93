package io.github.prefork.master;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link HookWatch}.
 */
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class HookWatchTests {

	private static final Pattern WAITS = Pattern
		.compile("has waited [0-9.]+ s for the listeners of ChildSpawned; until they return no child is replaced");

	@Test
	void duringWhenListenersHangSaysWhereAgainAndAgain(CapturedOutput output) {
		try (HookWatch watch = new HookWatch(Duration.ofMillis(20))) {
			watch.during("ChildSpawned", () -> hang(output, 3));
		}
		assertThat(output).containsPattern("They are at\\R\\s+at .*\\R[^$]*HookWatchTests.hang\\(HookWatchTests.java:")
			.containsPattern("Listeners of ChildSpawned took [0-9.]+ s");
	}

	@Test
	void duringWhenListenersAreQuickSaysNothing(CapturedOutput output) {
		try (HookWatch watch = new HookWatch(Duration.ofMillis(500))) {
			watch.during("ChildSpawned", () -> {
			});
			// What would have been said of it comes before this
			watch.during("MasterReady", () -> await(() -> output.getAll().contains("MasterReady")));
		}
		assertThat(output).doesNotContain("ChildSpawned");
	}

	@Test
	void duringWhenListenersThrowLateSaysSoToo(CapturedOutput output) {
		try (HookWatch watch = new HookWatch(Duration.ofMillis(20))) {
			assertThatIllegalStateException().isThrownBy(() -> watch.during("ChildSpawned", () -> {
				hang(output, 1);
				throw new IllegalStateException("planned");
			})).withMessage("planned");
		}
		assertThat(output).containsPattern("Listeners of ChildSpawned took [0-9.]+ s");
	}

	@Test
	void duringWhenClosedCallsListenersAllTheSame() {
		HookWatch watch = new HookWatch(Duration.ofMillis(20));
		watch.close();
		assertThatIllegalStateException().isThrownBy(() -> watch.during("ChildSpawned", () -> {
			throw new IllegalStateException("called");
		})).withMessage("called");
	}

	private static void hang(CapturedOutput output, int warnings) {
		await(() -> WAITS.matcher(output.getAll()).results().count() >= warnings);
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await().pollInSameThread().until(condition);
	}

}
