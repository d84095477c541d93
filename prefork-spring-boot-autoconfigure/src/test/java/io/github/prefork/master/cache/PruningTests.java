package io.github.prefork.master.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
			entry.put(Files.writeString(entry.temporary("archive"), "archive"), entry.archive());
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
	void pruneWhenNothingWasMadeInSomeLeavesThoseOutOfTheCount() throws IOException {
		for (int i = 1; i <= 4; i++) {
			CacheHome.makeOwn(this.home.entry("begun" + i).directory());
			Files.createFile(this.home.entry("begun" + i).directory().resolve("recorded-1-2-3"));
		}
		new Pruning(this.home).prune("key5");
		assertThat(kept()).containsExactly("begun1", "begun2", "begun3", "begun4", "key3", "key4", "key5");
	}

	@Test
	void pruneWhenNothingWasMadeForLongDeletesWhatNobodyUses() throws IOException {
		for (String key : List.of("begun", "used", "made", "own")) {
			CacheHome.makeOwn(this.home.entry(key).directory());
			Files.setLastModifiedTime(this.home.entry(key).directory(),
					FileTime.from(Instant.now().minus(Duration.ofMinutes(61))));
			Files.createFile(this.home.directory().resolve(key + ".use"));
			Files.createFile(this.home.directory().resolve(key + ".make"));
		}
		try (EntryLock use = EntryLock.use(this.home, "used"); EntryLock make = EntryLock.make(this.home, "made")) {
			assertThat(use).isNotNull();
			assertThat(make).isNotNull();
			new Pruning(this.home).prune("own");
		}
		assertThat(kept()).containsExactly("key3", "key4", "key5", "made", "own", "used");
		assertThat(this.home.directory()).isDirectoryNotContaining("glob:**/begun*");
	}

	@Test
	void pruneWhenOneCanNotBeDeletedDeletesTheOthers() throws IOException {
		// No file that can be locked
		Files.createDirectory(this.home.directory().resolve("key2.use"));
		new Pruning(this.home).prune("key5");
		assertThat(kept()).containsExactly("key2", "key2.use", "key3", "key4", "key5");
	}

	@Test
	void pruneWhenOneCanNotBeReadPrunesTheOthers() throws IOException {
		CacheEntry begun = this.home.entry("begun");
		CacheHome.makeOwn(begun.directory());
		// Root could read whatever else others can't. It is the newest, so the first
		Files.createSymbolicLink(begun.directory().resolve("recorded-1-1-0"), Path.of("nothing"));
		new Pruning(this.home).prune("key5");
		assertThat(kept()).containsExactly("begun", "key3", "key4", "key5");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void pruneLeavesARecordingThatACacheCanBeMadeOf() throws IOException {
		CacheEntry recorded = this.home.entry("recorded");
		CacheHome.makeOwn(recorded.directory());
		Files.writeString(recorded.directory().resolve("recorded-1-1-0"), "recording");
		Files.setLastModifiedTime(recorded.directory(), FileTime.from(Instant.now().minus(Duration.ofHours(2))));
		new Pruning(this.home).prune("key5");
		assertThat(kept()).containsExactly("key3", "key4", "key5", "recorded");
		Files.setLastModifiedTime(recorded.directory(), FileTime.from(Instant.now().minus(Duration.ofDays(8))));
		new Pruning(this.home).prune("key5");
		assertThat(kept()).containsExactly("key3", "key4", "key5");
	}

	@Test
	void pruneWhenFilesVanishMeanwhileGoesOn() throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		AtomicInteger vanished = new AtomicInteger();
		Path layout = Files.createDirectory(this.home.entry("key4").layout());
		Thread other = new Thread(() -> {
			while (!over.get()) {
				try {
					CacheEntry.delete(Files.createDirectories(layout.resolve("lib/one")).getParent());
					vanished.incrementAndGet();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}
		});
		other.start();
		try {
			for (int i = 0; i < 2000 || vanished.get() < 100; i++) {
				assertThat(other.isAlive()).isTrue();
				new Pruning(this.home).prune("key5");
			}
		}
		finally {
			over.set(true);
			other.join();
		}
		assertThat(kept()).containsExactly("key3", "key4", "key5");
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

	// A process that closes a file lets go of all its locks on it
	@Test
	void pruneWhenThisProcessUsesACacheKeepsItsLock() throws IOException {
		try (EntryLock use = EntryLock.use(this.home, "key1")) {
			assertThat(use).isNotNull();
			assumeThat(isSeenByOthers(use)).as("the system tells of locks").isTrue();
			assertThat(EntryLock.prune(this.home, "key1")).isNull();
			new Pruning(this.home).prune("key5");
			assertThat(isSeenByOthers(use)).isTrue();
		}
		try (EntryLock prune = EntryLock.prune(this.home, "key1")) {
			assertThat(prune).isNotNull();
		}
	}

	// In the place of a master that prunes, and of one that starts then
	@Test
	void lockWhenTheFileIsReplacedBeforeItIsLockedLocksTheNewOne() throws IOException {
		Path file = this.home.directory().resolve("key1.use");
		AtomicInteger opened = new AtomicInteger();
		try (EntryLock lock = EntryLock.lock(file, true, (path) -> {
			FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
					StandardOpenOption.WRITE);
			if (opened.incrementAndGet() <= 2) {
				Files.delete(path);
				Files.createFile(path);
			}
			return channel;
		})) {
			assertThat(lock).isNotNull();
			assertThat(lock.isStillThere()).isTrue();
			assertThat(isSeenByOthers(lock)).isTrue();
		}
	}

	@Test
	void isStillThereWhenAnotherFileHasItsNameIsFalse() throws IOException {
		try (EntryLock lock = EntryLock.use(this.home, "key1")) {
			assertThat(lock).isNotNull();
			assertThat(lock.isStillThere()).isTrue();
			Files.delete(lock.file());
			assertThat(lock.isStillThere()).isFalse();
			Files.createFile(lock.file());
			assertThat(lock.isStillThere()).isFalse();
		}
	}

	// Their classes are others, so they do not know of each other
	@Test
	void lockWhenAnotherFleetOfThisJvmHasItLeavesItItsLock() throws IOException {
		Path file = this.home.directory().resolve("key1.use");
		try (FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE)) {
			assertThat(other.lock(0, Long.MAX_VALUE, true).isValid()).isTrue();
			assumeThat(isSeenByOthers(file)).as("the system tells of locks").isTrue();
			assertThat(EntryLock.prune(this.home, "key1")).isNull();
			assertThat(EntryLock.use(this.home, "key1")).isNull();
			assertThat(isSeenByOthers(file)).isTrue();
		}
		assertThat(isSeenByOthers(file)).isFalse();
		try (EntryLock lock = EntryLock.prune(this.home, "key1")) {
			assertThat(lock).isNotNull();
			assertThat(lock.isStillThere()).isTrue();
			assertThat(isSeenByOthers(file)).isTrue();
		}
		assertThat(isSeenByOthers(file)).isFalse();
	}

	private static boolean isSeenByOthers(EntryLock lock) throws IOException {
		return isSeenByOthers(lock.file());
	}

	private static boolean isSeenByOthers(Path file) throws IOException {
		return Files.readString(Path.of("/proc/locks")).contains(":" + Files.getAttribute(file, "unix:ino") + " ");
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
