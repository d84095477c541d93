package io.github.prefork.master.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LastFile}, {@link LastFileOption} and {@link FileDefaults}.
 */
class LastFileTests {

	@TempDir
	private Path directory;

	@Test
	void nextKeepsTheFileOfTheProcessBefore() throws Exception {
		assertThat(next(true)).isEqualTo("java-0.hprof");
		assertThat(next(true)).as("nothing was written").isEqualTo("java-0.hprof");
		write("java-0.hprof", 1);
		assertThat(next(true)).isEqualTo("java-0b.hprof");
		write("java-0b.hprof", 2);
		assertThat(next(true)).isEqualTo("java-0.hprof");
		write("java-0.hprof", 3);
		assertThat(next(true)).isEqualTo("java-0b.hprof");
		assertThat(this.directory.resolve("java-0b.hprof")).exists();
	}

	@Test
	void nextWhenJvmDoesNotOverwriteRemovesTheOlder() throws Exception {
		write("java-0.hprof", 2);
		write("java-0b.hprof", 1);
		assertThat(next(false)).isEqualTo("java-0b.hprof");
		assertThat(this.directory).isDirectoryContaining("glob:**/java-0.hprof")
			.isDirectoryNotContaining("glob:**/java-0b.hprof");
		assertThat(next(false)).isEqualTo("java-0b.hprof");
	}

	@Test
	void applyWhenManyProcessesCrashLeavesTwoFilesOfALabel() throws Exception {
		LastFileOption option = LastFileOption.heapDump(OptionFiles.SYSTEM);
		for (int crash = 1; crash <= 20; crash++) {
			OptionChange change = option.apply(option.prefix() + this.directory, "1");
			assertThat(change).isNotNull();
			Path dump = Path.of(change.replacement().substring(option.prefix().length()));
			assertThat(dump).as("a JVM would not overwrite it").doesNotExist();
			write(dump.getFileName().toString(), crash);
		}
		try (var files = Files.list(this.directory)) {
			assertThat(files).hasSize(2);
		}
	}

	@Test
	void ofNamesTheErrorFileUnlessTheUserDoes() {
		assertThat(FileDefaults.of(List.of(), "0", TestOptionFiles.NONE)).containsExactly("-XX:ErrorFile=hs_err-0.log");
		assertThat(FileDefaults.of(List.of("-XX:ErrorFile=e"), "0", TestOptionFiles.NONE)).isEmpty();
	}

	@Test
	void ofNamesTheHeapDumpOnlyIfThereWillBeOne() {
		String dump = "-XX:+HeapDumpOnOutOfMemoryError";
		assertThat(FileDefaults.of(List.of(dump), "0-2", TestOptionFiles.NONE))
			.contains("-XX:HeapDumpPath=java-0-2.hprof");
		assertThat(FileDefaults.of(List.of(dump, "-XX:HeapDumpPath=x"), "0", TestOptionFiles.NONE)).hasSize(1);
		assertThat(FileDefaults.of(List.of(dump, "-XX:-HeapDumpOnOutOfMemoryError"), "0", TestOptionFiles.NONE))
			.hasSize(1);
	}

	private String next(boolean overwritten) {
		String next = new LastFile(OptionFiles.SYSTEM, overwritten).nextIn(this.directory.toString(), "java.hprof",
				"0");
		return Path.of(next).getFileName().toString();
	}

	private void write(String name, int second) throws Exception {
		Path file = Files.writeString(this.directory.resolve(name), "x");
		Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
	}

}
