package io.github.prefork.master.command;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SystemOptionFiles}.
 */
class SystemOptionFilesTests {

	private final OptionFiles files = OptionFiles.SYSTEM;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@Test
	void readWhenFileIsThereReturnsItsContents() throws Exception {
		Path file = Files.writeString(this.directory.resolve("my file"), "-Da=1\n");
		assertThat(this.files.read(file.toString())).isEqualTo("-Da=1\n");
		assertThat(this.files.exists(file.toString())).isTrue();
		assertThat(this.files.isDirectory(file.toString())).isFalse();
	}

	@Test
	void readWhenThereIsNoFileReturnsNull() {
		assertThat(this.files.read(this.directory.resolve("gone").toString())).isNull();
		assertThat(this.files.read(this.directory.toString())).isNull();
		assertThat(this.files.read("no\0name")).isNull();
		assertThat(this.files.exists("no\0name")).isFalse();
		assertThat(this.files.isDirectory(this.directory.toString())).isTrue();
	}

	@Test
	@Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	void readWhenFileIsAPipeReturnsNull() throws Exception {
		Path pipe = this.directory.resolve("pipe");
		assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
		assertThat(this.files.read(pipe.toString())).isNull();
	}

}
