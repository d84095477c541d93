package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Pruning} and {@link EntryLock}.
 */
class PruningTests {

	@TempDir
	private Path directory;

	private CacheHome home;

	@BeforeEach
	void makeCaches() throws IOException {
		this.home = new CacheHome(this.directory.resolve("prefork"));
		this.home.open();
		for (int i = 1; i <= 5; i++) {
			CacheEntry entry = this.home.entry("key" + i);
			CacheHome.makeOwn(entry.directory());
			Files.writeString(entry.archive(), "archive");
			Files.setLastModifiedTime(entry.directory(), FileTime.fromMillis(1_000_000L * i));
		}
	}

	@Test
	void pruneKeepsTheNewest() throws IOException {
		new Pruning(this.home).prune("key5");
		assertThat(kept()).containsExactly("key3", "key4", "key5");
	}

	@Test
	void pruneKeepsWhatIsInUseAndTheOwnOne() throws IOException {
		try (EntryLock use = EntryLock.use(this.home, "key2")) {
			assertThat(use).isNotNull();
			new Pruning(this.home).prune("key1");
			assertThat(kept()).containsExactly("key1", "key2", "key3", "key4", "key5");
		}
		new Pruning(this.home).prune("key1");
		assertThat(kept()).containsExactly("key1", "key3", "key4", "key5");
	}

	@Test
	void makeWhenAnotherMakesItIsRefused() throws IOException {
		try (EntryLock one = EntryLock.make(this.home, "key1")) {
			assertThat(one).isNotNull();
			assertThat(EntryLock.make(this.home, "key1")).isNull();
		}
		try (EntryLock again = EntryLock.make(this.home, "key1")) {
			assertThat(again).isNotNull();
		}
	}

	private String[] kept() throws IOException {
		try (var files = Files.list(this.home.directory())) {
			return files.filter(Files::isDirectory)
				.map((path) -> path.getFileName().toString())
				.sorted()
				.toArray(String[]::new);
		}
	}

}
