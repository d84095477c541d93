package io.github.prefork.master;

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

	private static final long NO_PID = Integer.MAX_VALUE;

	@TempDir
	private Path proc;

	@ParameterizedTest
	@CsvSource({ "7 (java) T 1 7, true", "7 (java) t 1 7, true", "7 (java) S 1 7, false", "7 (a) T (b) R 1, false",
			"7 (java), false", "'', false" })
	void lookTellsStoppedFromOthers(String stat, boolean stopped) throws Exception {
		Files.writeString(Files.createDirectory(this.proc.resolve(Long.toString(NO_PID))).resolve("stat"), stat);
		assertThat(ProcessStatus.look(NO_PID, this.proc).stopped()).isEqualTo(stopped);
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
