package io.github.prefork.process;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResidentMemory}.
 */
class ResidentMemoryTests {

	@TempDir
	private Path directory;

	@Test
	void readOfThisProcessIsPlausible() {
		assertThat(ResidentMemory.read(ProcessHandle.current().pid())).isBetween(20L << 20, 64L << 30);
	}

	@Test
	void readWhenThereIsNoSuchProcessIsNotKnown() {
		assertThat(ResidentMemory.read(Long.MAX_VALUE)).isNull();
	}

	@Test
	void readFindsTheLine() throws Exception {
		assertThat(read("Name:\tVmRSS: 1 kB\nVmHWM:\t   300 kB\nVmRSS:\t     200 kB\nRssAnon:\t 100 kB\n"))
			.isEqualTo(200 * 1024);
	}

	@Test
	void readWhenTheProcessHasEndedOrTheTextIsStrangeIsNotKnown() throws Exception {
		assertThat(read("Name:\tjava\nState:\tZ (zombie)\n")).isNull();
		assertThat(read("Name:\tjava\nVmRSS:\t many kB\n")).isNull();
		assertThat(read("Name:\tjava\nVmRSS:\t 5")).isNull();
	}

	private Long read(String text) throws Exception {
		return ResidentMemory.read(Files.writeString(this.directory.resolve("status"), text));
	}

}
