package io.github.prefork.master.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CrashReport}.
 */
class CrashReportTests {

	private static final String SIGNAL = "#\n# A fatal error has been detected by the Java Runtime Environment:\n#\n"
			+ "#  SIGSEGV (0xb) at pc=0x00007f, pid=1, tid=1\n";

	private final Instant launched = Instant.now();

	@TempDir
	private Path directory;

	@Test
	void findWhenThereIsNoneIsNull() throws IOException {
		Files.createDirectory(this.directory.resolve("directory"));
		assertThat(find("absent", "directory")).isNull();
	}

	@Test
	void findReturnsTheFirst() throws IOException {
		write("second", SIGNAL);
		write("third", SIGNAL);
		assertThat(find("first", "second", "third"))
			.isEqualTo(new CrashReport(this.directory.resolve("second"), false));
	}

	@Test
	void findWhenFileIsOfAnEarlierProcessPassesItOver() throws IOException {
		Path file = write("old", SIGNAL);
		Files.setLastModifiedTime(file, FileTime.from(this.launched.minus(Duration.ofMinutes(1))));
		assertThat(find("old")).isNull();
	}

	@Test
	void findWhenNameIsRelativeMakesItAbsolute() throws IOException {
		Path file = write("report", SIGNAL);
		Path relative = Path.of("").toAbsolutePath().relativize(file);
		assertThat(CrashReport.find(List.of(relative), this.launched)).isEqualTo(new CrashReport(file, false));
	}

	@ParameterizedTest
	@ValueSource(strings = { "#  fatal error: OutOfMemory encountered: Java heap space",
			"# There is insufficient memory for the Java Runtime Environment to continue." })
	void findWhenReportNamesMemoryKnowsIt(String cause) throws IOException {
		write("report", "#\n" + cause + "\n\u00e9");
		assertThat(find("report")).isEqualTo(new CrashReport(this.directory.resolve("report"), true));
	}

	@Test
	void findWhenMemoryIsNamedFurtherDownIsNotMisled() throws IOException {
		write("report", SIGNAL + "#\n".repeat(30) + "OutOfMemory encountered");
		assertThat(find("report")).isEqualTo(new CrashReport(this.directory.resolve("report"), false));
	}

	private CrashReport find(String... names) {
		return CrashReport.find(List.of(names).stream().map(this.directory::resolve).toList(), this.launched);
	}

	private Path write(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content);
	}

}
