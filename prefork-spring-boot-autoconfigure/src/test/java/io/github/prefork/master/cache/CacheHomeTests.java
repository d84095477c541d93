package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link CacheHome}.
 */
class CacheHomeTests {

	@TempDir
	private Path directory;

	@Test
	void ofFollowsTheSpecification() {
		assertThat(home(Map.of("XDG_CACHE_HOME", "/caches", "HOME", "/me"))).isEqualTo("/caches/prefork");
		assertThat(home(Map.of("XDG_CACHE_HOME", "caches", "HOME", "/me"))).isEqualTo("/me/.cache/prefork");
		assertThat(home(Map.of("HOME", "/me"))).isEqualTo("/me/.cache/prefork");
		assertThat(home(Map.of())).isEqualTo("/home/user/.cache/prefork");
	}

	private static String home(Map<String, String> environment) {
		return CacheHome.of(environment, "/home/user").directory().toString();
	}

	@Test
	void openMakesADirectoryForTheUserAlone() throws IOException {
		CacheHome home = new CacheHome(this.directory.resolve("new/prefork"));
		home.open();
		home.open();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.directory())))
			.isEqualTo("rwx------");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?", "", "home" })
	void openWhenTheHomeDirectoryIsNotKnownThrows(String home) {
		assertThatExceptionOfType(IOException.class).isThrownBy(CacheHome.of(Map.of(), home)::open)
			.withMessageContaining("is not known");
		assertThat(Path.of(home, ".cache")).doesNotExist();
	}

	@ParameterizedTest
	@ValueSource(strings = { "rwxrwx---", "rwx----w-" })
	void openWhenOthersCanWriteThrows(String permissions) throws IOException {
		CacheHome home = new CacheHome(Files.createDirectory(this.directory.resolve("prefork")));
		Files.setPosixFilePermissions(home.directory(), PosixFilePermissions.fromString(permissions));
		assertThatExceptionOfType(IOException.class).isThrownBy(home::open).withMessageContaining("others can write");
	}

	@Test
	void openWhenEverybodyCanWriteToTheParentThrows() throws IOException {
		Path parent = Files.createDirectory(this.directory.resolve("caches"));
		CacheHome home = new CacheHome(parent.resolve("prefork"));
		Files.setAttribute(parent, "unix:mode", 0777);
		assertThatExceptionOfType(IOException.class).isThrownBy(home::open)
			.withMessage(
					"everybody can write to " + parent + "; XDG_CACHE_HOME can name another directory, or one in it");
		assertThat(home.directory()).doesNotExist();
		new CacheHome(parent.resolve("new/prefork")).open();
		for (int mode : new int[] { 01777, 0755 }) {
			Files.setAttribute(parent, "unix:mode", mode);
			home.open();
		}
	}

	@Test
	void openWhenTheParentBelongsToSomebodyElseThrows() throws IOException {
		Path parent = Files.createDirectory(this.directory.resolve("caches"));
		CacheHome home = new CacheHome(parent.resolve("prefork"));
		assumeThat(CacheHome.isOwn(Path.of("/"))).as("only root can give it away").isTrue();
		Files.setAttribute(parent, "unix:uid", 65534);
		assertThatExceptionOfType(IOException.class).isThrownBy(home::open)
			.withMessageStartingWith(parent + " belongs to somebody else; XDG_CACHE_HOME can");
	}

	@Test
	void openWhenItCannotBeMadeSaysWhatToDo() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		for (Path path : List.of(Path.of("/proc/nope/prefork"), file.resolve("prefork"), file.resolve("a/prefork"))) {
			assertThatExceptionOfType(IOException.class).isThrownBy(new CacheHome(path)::open)
				.withMessageStartingWith("the directory " + path + " can't be made")
				.withMessageEndingWith("; XDG_CACHE_HOME can name another directory");
		}
	}

	@Test
	void openWhenTheParentIsALinkFollowsIt() throws IOException {
		Path parent = Files.createDirectory(this.directory.resolve("caches"));
		new CacheHome(Files.createSymbolicLink(this.directory.resolve("link"), parent).resolve("prefork")).open();
		assertThat(parent.resolve("prefork")).isDirectory();
	}

	@Test
	void openWhenItIsALinkThrows() throws IOException {
		Path target = Files.createDirectory(this.directory.resolve("target"));
		CacheHome home = new CacheHome(Files.createSymbolicLink(this.directory.resolve("prefork"), target));
		assertThatExceptionOfType(IOException.class).isThrownBy(home::open).withMessageContaining("no directory");
	}

}
