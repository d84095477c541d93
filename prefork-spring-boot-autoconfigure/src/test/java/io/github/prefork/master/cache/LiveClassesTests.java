package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LiveClasses}.
 */
class LiveClassesTests {

	@Test
	void askWhenItIsAJvmTellsItsClasses() throws Exception {
		long pid = ProcessHandle.current().pid();
		assertThat(ClassList.ofHierarchy(new LiveClasses().ask(pid))).hasSizeGreaterThan(500)
			.contains("java/lang/Object", LiveClassesTests.class.getName().replace('.', '/'));
		assertThat(Path.of("/tmp/.attach_pid" + pid)).doesNotExist();
	}

	@Test
	void askWhenTheSignalWouldEndItThrows(@TempDir Path directory) throws IOException {
		Files.createDirectory(directory.resolve("7"));
		Files.writeString(directory.resolve("7/status"), "Name:\tjava\nSigCgt:\t0000000181005cc8\n");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> new LiveClasses(directory, directory).ask(7))
			.withMessageContaining("does not handle SIGQUIT");
	}

}
