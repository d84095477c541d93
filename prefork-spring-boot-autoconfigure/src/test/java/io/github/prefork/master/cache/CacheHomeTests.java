package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
	void openWhenItIsALinkThrows() throws IOException {
		Path target = Files.createDirectory(this.directory.resolve("target"));
		CacheHome home = new CacheHome(Files.createSymbolicLink(this.directory.resolve("prefork"), target));
		assertThatExceptionOfType(IOException.class).isThrownBy(home::open).withMessageContaining("no directory");
	}

}
