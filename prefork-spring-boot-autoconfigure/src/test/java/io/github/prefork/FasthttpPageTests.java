package io.github.prefork;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the page {@code docs/fasthttp.md}.
 */
class FasthttpPageTests {

	private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Tests|IT))\\.(\\w+)`");

	private static final Pattern METHOD = Pattern.compile("void (\\w+)\\(");

	@Test
	void everyTestThatIsNamedExists() throws IOException {
		Path root = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
		Set<String> named = NAMED.matcher(Files.readString(root.resolve("docs/fasthttp.md")))
			.results()
			.map((match) -> match.group(1) + "." + match.group(2))
			.collect(Collectors.toSet());
		assertThat(named).hasSizeGreaterThan(50).isSubsetOf(tests(root));
	}

	private static Set<String> tests(Path root) throws IOException {
		try (Stream<Path> files = Stream
			.concat(Files.walk(root.resolve("prefork-spring-boot-autoconfigure/src/test/java")),
					Files.walk(root.resolve("integration-tests/src/test/java")))
			.filter((file) -> file.toString().matches(".*(Tests|IT)\\.java"))) {
			return files.flatMap(FasthttpPageTests::methods).collect(Collectors.toSet());
		}
	}

	private static Stream<String> methods(Path file) {
		String type = file.getFileName().toString().replace(".java", "");
		try {
			return METHOD.matcher(Files.readString(file))
				.results()
				.map((MatchResult match) -> type + "." + match.group(1));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
