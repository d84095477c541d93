package io.github.prefork.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.regex.Pattern;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetOutput}.
 */
class FleetOutputTests {

	private Path file;

	@BeforeEach
	void create(@TempDir Path directory) throws IOException {
		this.file = Files.createFile(directory.resolve("output.log"));
	}

	@Test
	void linesWhenAskedAreAllThatWereWrittenUntilThen() throws IOException {
		try (FleetOutput output = new FleetOutput(this.file)) {
			for (int count = 1; count <= 50; count++) {
				write("line " + count + "\n");
				assertThat(output.lines()).hasSize(count).last().isEqualTo("line " + count);
				assertThat(output.tail(1)).isEqualTo("line " + count);
			}
		}
	}

	@Test
	void awaitWhenOverSeesTheLastLine() throws IOException {
		try (FleetOutput output = new FleetOutput(this.file)) {
			assertThat(output.await(Pattern.compile("last (\\d)"), 0, Duration.ofHours(1), () -> {
				write("last 1\n");
				return true;
			})).isNotNull();
			assertThat(output.await(Pattern.compile("none"), 0, Duration.ofHours(1), () -> true)).isNull();
		}
	}

	@Test
	void linesWhenClosedHaveTheLastOneThatIsCutOff() throws IOException {
		FleetOutput output = new FleetOutput(this.file);
		write("one\ntwo");
		assertThat(output.lines()).containsExactly("one");
		output.close();
		output.close();
		assertThat(output.lines()).containsExactly("one", "two");
	}

	private void write(String text) {
		try {
			Files.writeString(this.file, text, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
