package io.github.prefork.master.process;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.prefork.supervisor.ProcessLook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcessStatus}.
 */
class ProcessStatusTests {

	private static final String REST = " 1 7 7 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 31 0 12345 1";

	private static final long NO_PID = Integer.MAX_VALUE;

	@TempDir
	private Path proc;

	@ParameterizedTest
	@CsvSource({ "7 (java) T" + REST + ", true, false", "7 (java) t" + REST + ", true, true",
			"7 (java) S" + REST + ", false, false", "7 (a) T (b) R" + REST + ", false, false",
			"7 (java) T, false, false", "'', false, false" })
	void lookTellsStoppedFromOthers(String stat, boolean stopped, boolean traced) throws Exception {
		Files.writeString(Files.createDirectory(this.proc.resolve(Long.toString(NO_PID))).resolve("stat"), stat);
		assertThat(ProcessStatus.look(NO_PID, this.proc)).isEqualTo(new ProcessLook(stopped, traced, null));
	}

	@Test
	void lookWhenNothingCanBeReadKnowsNothing() {
		assertThat(ProcessStatus.look(NO_PID, this.proc)).isEqualTo(ProcessLook.NONE);
	}

	@Test
	void lookAtThisProcessKnowsItsProcessorTime() {
		ProcessLook look = ProcessStatus.look(ProcessHandle.current().pid(), Path.of("/proc"));
		assertThat(look.stopped()).isFalse();
		assertThat(look.cpuTime()).isPositive();
	}

}
