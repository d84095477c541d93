package io.github.prefork.recipes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps docs/run-once.md in step with the code of this module.
 */
class RunOnceDocTests {

	private static final Path DOC = Path.of("..", "docs", "run-once.md");

	private static final Pattern FRAGMENT = Pattern.compile("<!-- code: (\\S+) -->\\s*```\\w+\\n(.*?)```",
			Pattern.DOTALL);

	private static final List<Path> PLACES = List.of(Path.of("src/main/java/io/github/prefork/recipes"),
			Path.of("src/main/resources"));

	@Test
	void codeOfTheDocumentIsThatOfTheApplication() throws IOException {
		String doc = Files.readString(DOC);
		List<MatchResult> fragments = FRAGMENT.matcher(doc).results().toList();
		assertThat(fragments).hasSizeGreaterThan(5);
		for (MatchResult fragment : fragments) {
			assertThat(inDocument(source(fragment.group(1)))).as(fragment.group(1)).contains(fragment.group(2));
		}
	}

	@Test
	void everyFragmentOfTheDocumentNamesItsSource() throws IOException {
		String doc = Files.readString(DOC);
		List<String> untold = new ArrayList<>(Pattern.compile("```(java|sql|yaml)\\n")
			.matcher(FRAGMENT.matcher(doc).replaceAll(""))
			.results()
			.map(MatchResult::group)
			.toList());
		assertThat(untold).isEmpty();
	}

	private static String source(String name) throws IOException {
		for (Path place : PLACES) {
			if (Files.exists(place.resolve(name))) {
				return Files.readString(place.resolve(name));
			}
		}
		throw new IllegalArgumentException("No file " + name);
	}

	// Without Javadoc, and indented by blanks
	private static String inDocument(String source) {
		return source.replaceAll("(?s)[ \\t]*/\\*\\*.*?\\*/\\n", "").replace("\t", "  ");
	}

}
