package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ZipDirectory}.
 */
class ZipDirectoryTests {

	@TempDir
	private Path directory;

	@Test
	void readWhenAnEntryHasOtherContentDiffers() throws IOException {
		ByteBuffer one = ZipDirectory.read(TestJars.fat(this.directory.resolve("one.jar"), "one"));
		ByteBuffer two = ZipDirectory.read(TestJars.fat(this.directory.resolve("two.jar"), "two"));
		assertThat(one.remaining()).isBetween(100, 1000);
		assertThat(one).isNotEqualTo(two);
	}

	@Test
	void readWhenAScriptStandsInFrontFindsIt() throws IOException {
		Path jar = TestJars.fat(this.directory.resolve("one.jar"), "one");
		ByteBuffer before = ZipDirectory.read(jar);
		byte[] bytes = Files.readAllBytes(jar);
		Files.writeString(jar, "#!/bin/sh\n");
		Files.write(jar, bytes, java.nio.file.StandardOpenOption.APPEND);
		assertThat(ZipDirectory.read(jar)).isEqualTo(before);
	}

	@Test
	void readWhenItIsNoJarThrows() throws IOException {
		Path file = Files.writeString(this.directory.resolve("text"), "Not a jar, however long it is");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> ZipDirectory.read(file))
			.withMessageContaining("no directory");
	}

}
