package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link SafeParent}.
 */
class SafeParentTests {

	@ParameterizedTest
	@CsvSource(nullValues = "nobody", textBlock = """
			0700,  users, false, nobody,          0
			0755,  users, false, nobody,          0
			0775,  users, false, the group users, 2
			02775, users, false, the group users, 2
			01775, users, false, nobody,          0
			0775,  me,    false, nobody,          2
			0775,  root,  true,  nobody,          0
			0777,  me,    false, everybody,       0
			0777,  root,  true,  everybody,       0
			01777, users, false, nobody,          0
			""")
	void writersAreThoseWhoCanExchangeADirectory(String mode, String group, boolean rootsGroup, String writers,
			int asked) throws IOException {
		FakeNames names = new FakeNames(group);
		assertThat(new SafeParent(Integer.parseInt(mode, 8), rootsGroup).writers(names)).isEqualTo(writers);
		assertThat(names.asked).as("names that were looked up").isEqualTo(asked);
	}

	@Test
	void requireWhenAGroupOfOthersCanWriteThrows(@TempDir Path parent) throws IOException {
		Files.setAttribute(parent, "unix:mode", 0775);
		assumeThat(CacheHome.isOwn(Path.of("/"))).as("only root can give it away").isTrue();
		SafeParent.require(parent);
		// A group without a name
		Files.setAttribute(parent, "unix:gid", 54321);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> SafeParent.require(parent))
			.withMessage("the group 54321 can write to " + parent
					+ "; XDG_CACHE_HOME can name another directory, or one in it");
		Files.setAttribute(parent, "unix:mode", 0755);
		SafeParent.require(parent);
	}

	private static final class FakeNames implements SafeParent.Names {

		private final String group;

		private int asked;

		private FakeNames(String group) {
			this.group = group;
		}

		@Override
		public String group() {
			this.asked++;
			return this.group;
		}

		@Override
		public String user() {
			this.asked++;
			return "me";
		}

	}

}
