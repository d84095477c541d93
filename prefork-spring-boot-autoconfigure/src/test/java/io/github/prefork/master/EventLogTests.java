package io.github.prefork.master;

import java.nio.file.Path;
import java.time.Duration;

import io.github.prefork.ChildExited;
import io.github.prefork.ExitReason;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutStarted;
import io.github.prefork.master.command.ChildMemory;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventLog}.
 */
@ExtendWith(OutputCaptureExtension.class)
class EventLogTests {

	@Test
	void logWhenKilledNamesTheSignal(CapturedOutput output) {
		EventLog.log(exited(137, false, ExitReason.KILLED, null), "", "");
		assertThat(output).contains("WARN",
				"Child in slot 1 (pid 7) has ended: killed, exit code 137 (signal 9, SIGKILL), after 1.5 s");
		assertThat(output).doesNotContain("; see");
	}

	@Test
	void logWhenCrashedNamesTheReport(CapturedOutput output) {
		EventLog.log(exited(1, false, ExitReason.CRASHED, Path.of("/x/hs_err_pid7.log")), "", "");
		assertThat(output).contains("has ended: crashed, exit code 1, after 1.5 s; see /x/hs_err_pid7.log");
	}

	@Test
	void logWhenPlannedIsNoWarning(CapturedOutput output) {
		EventLog.log(exited(143, true, ExitReason.PLANNED, null), "", "");
		assertThat(output).contains("has ended as planned, exit code 143 (signal 15, SIGTERM), after 1.5 s")
			.doesNotContain("WARN");
	}

	@Test
	void logWhenARolloutBeginsSaysWhy(CapturedOutput output) {
		EventLog.log(new RolloutStarted(1, RolloutCause.RESTART, null, null), "", "");
		EventLog.log(new RolloutStarted(2, RolloutCause.RECYCLE, 3, null), "", "");
		EventLog.log(new RolloutStarted(4, RolloutCause.LIMIT, 3, "pid 7 has had 9 requests of at most 8"), "", "");
		assertThat(output).contains("Rollout to generation 1 begins")
			.contains("Rollout to generation 2 begins, of slot 3")
			.contains("Child in slot 3 is recycled by a rollout to generation 4: "
					+ "pid 7 has had 9 requests of at most 8")
			.doesNotContain("WARN");
	}

	@Test
	void logWhenOutOfMemoryNamesThePropertiesThatHelp(CapturedOutput output) {
		MemoryAdvice advice = advice(2, 0, 300, "");
		ChildExited exited = exited(3, false, ExitReason.OUT_OF_MEMORY, null);
		EventLog.log(exited, "", advice.of(exited));
		assertThat(output).contains("has ended: out-of-memory, exit code 3, after 1.5 s. What it said last tells which "
				+ "memory: for more heap set prefork.child.heap, which is 300MB now, for more direct memory "
				+ "-XX:MaxDirectMemorySize and for more metaspace -XX:MaxMetaspaceSize in prefork.child.jvm-args; "
				+ "if no native thread could be created, look at the limits of the system");
	}

	@Test
	void adviceWhenTheSystemHadNoMemoryIsToUseLess() {
		MemoryAdvice advice = advice(2, 0, 0, "");
		for (int status : new int[] { 137, 134 }) {
			assertThat(advice.of(exited(status, false, ExitReason.OUT_OF_MEMORY, null)))
				.endsWith("(prefork.children) or a smaller heap (prefork.child.heap)");
		}
		assertThat(advice.of(exited(137, false, ExitReason.KILLED, null))).isEmpty();
		assertThat(advice.of(new RolloutStarted(1, RolloutCause.RESTART, null, null))).isEmpty();
	}

	@Test
	void adviceWhenAnOptionOfTheChildrenDecidesNamesIt() {
		MemoryAdvice advice = advice(2, 0, 100, "-Xmx100m in prefork.child.jvm-args");
		assertThat(advice.of(exited(3, false, ExitReason.OUT_OF_MEMORY, null)))
			.contains("for more heap change -Xmx100m in prefork.child.jvm-args, which is 100MB now, for more direct");
		assertThat(advice.of(exited(137, false, ExitReason.OUT_OF_MEMORY, null)))
			.endsWith("or a smaller heap (-Xmx100m in prefork.child.jvm-args), which is 100MB now");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					2 | 0 | 300 | set fewer children (prefork.children) or a smaller heap (prefork.child.heap), which is 300MB now
					2 | 0 | 96 | set fewer children (prefork.children)
					2 | 1 | 96 | set fewer children (prefork.children) or fewer standbys (prefork.standby)
					1 | 2 | 300 | set fewer standbys (prefork.standby) or a smaller heap (prefork.child.heap), which is 300MB now
					1 | 0 | 300 | set a smaller heap (prefork.child.heap), which is 300MB now
					1 | 0 | 96 | give it more memory
					""")
	void adviceWhenTheSystemHadNoMemoryNamesOnlyWhatHelps(int children, int standby, long heap, String expected) {
		assertThat(advice(children, standby, heap, "").of(exited(137, false, ExitReason.OUT_OF_MEMORY, null)))
			.isEqualTo(". The system had no more memory for it: " + expected);
	}

	private static MemoryAdvice advice(int children, int standby, long heap, String choice) {
		MemoryBudget budget = new MemoryBudget(ChildHeap.SPLIT, children + standby, new MemoryLimit(0, false),
				new JvmHeap(0, 0));
		return new MemoryAdvice(new ChildMemory(budget, heap << 20, choice, false, "", "1"),
				TestFleet.of(children, standby));
	}

	private static ChildExited exited(int exitCode, boolean planned, ExitReason reason, Path report) {
		return new ChildExited(1, 0, 7, exitCode, Duration.ofMillis(1500), planned, reason, report);
	}

}
