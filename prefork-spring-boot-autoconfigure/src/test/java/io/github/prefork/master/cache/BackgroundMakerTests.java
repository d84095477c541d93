package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutStarted;
import io.github.prefork.master.cache.CacheEntry.Content;
import io.github.prefork.master.cache.StartupCache.Processes;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.master.command.ChildSettings;
import io.github.prefork.master.command.StartForm;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.MemoryBudget;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BackgroundMaker} with real JVMs.
 */
class BackgroundMakerTests {

	private static final Duration DEADLINE = Duration.ofMinutes(2);

	private static final LongSupplier JVM = ProcessHandle.current()::pid;

	@TempDir
	private Path directory;

	private final List<String> log = new CopyOnWriteArrayList<>();

	private CacheHome home;

	private Application application;

	private CacheEntry entry;

	private BackgroundMaker maker;

	@BeforeEach
	void makeJar() throws Exception {
		this.home = new CacheHome(this.directory.resolve("prefork"));
		this.application = Extractor.application(Extractor.writeJar(this.directory.resolve("app.jar")));
		this.entry = this.home.entry(this.application.key());
		this.maker = maker(StartupCacheMode.AUTO, new Tool(DEADLINE));
	}

	@AfterEach
	void close() {
		this.maker.close();
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_24)
	void beginMakesAllAndThenNothingMore(@TempDir Path other) throws Exception {
		this.home.open();
		CacheHome.makeOwn(this.entry.directory());
		Files.writeString(this.entry.directory().resolve("recorded-1-2-3"), "@lambda-proxy a/Missing run ()V\n@la");
		makeOfAJvmWith(other);
		assertThat(this.log).hasSize(2).last().asString().startsWith("The start-up cache is ready");
		assertThat(this.entry.verify()).isEqualTo(new Content(true, true));
		assertThat(files()).containsExactlyInAnyOrder("app", "app.jsa", "manifest");
		this.maker.begin(this.application, JVM);
		assertThat(isBusy()).isFalse();
	}

	// The longest line that a JVM reads has 4096 characters
	@Test
	@EnabledForJreRange(max = JRE.JAVA_24)
	void beginWhenTrainingListsWhatTheJvmCanNotReadLeavesThatOut(@TempDir Path other) throws Exception {
		Path[] classes = OddLambdas.compile(other).toArray(Path[]::new);
		this.application = Extractor.application(Extractor.writeJar(this.directory.resolve("app.jar"), classes));
		this.entry = this.home.entry(this.application.key());
		this.maker = maker(StartupCacheMode.TRAIN, new Tool(DEADLINE));
		makeOfAJvmWith(other);
		assertThat(this.log).hasSize(3).last().asString().startsWith("The start-up cache is ready");
		assertThat(this.log).element(1).asString().startsWith("The application is run once more in the background");
		assertThat(this.entry.verify()).isEqualTo(new Content(true, true));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_24)
	void beginWhenTheChildIsGoneSaysSoAndTriesAgain() throws Exception {
		Process gone = new ProcessBuilder("/bin/true").start();
		gone.waitFor();
		for (int attempt = 1; attempt <= 2; attempt++) {
			this.maker.begin(this.application, gone::pid);
			awaitEnd();
			assertThat(this.log).filteredOn((line) -> line.startsWith(
					"The start-up cache could not be made: the child " + "that was asked for its classes has ended"))
				.hasSize(attempt);
		}
	}

	@Test
	void beginWhenAnotherMasterMakesItLeavesItToThatOne() throws Exception {
		this.home.open();
		try (EntryLock other = Objects.requireNonNull(EntryLock.make(this.home, this.entry.key()))) {
			assertThat(other.channel().isOpen()).isTrue();
			assertThat(EntryLock.make(this.home, this.entry.key())).isNull();
			this.maker.begin(this.application, JVM);
			awaitEnd();
			assertThat(this.entry.directory()).doesNotExist();
			assertThat(this.log).isEmpty();
		}
		Files.createFile(this.directory.resolve(Extractor.FAIL));
		this.maker.begin(this.application, JVM);
		awaitEnd();
		assertThat(this.log).hasSize(1);
	}

	@Test
	void beginWhenItFailsSaysWhyOnce() throws Exception {
		Files.createFile(this.directory.resolve(Extractor.FAIL));
		this.maker.begin(this.application, JVM);
		awaitEnd();
		assertThat(this.log).singleElement()
			.asString()
			.startsWith("The start-up cache could not be made: it ended with exit code 1: ")
			.contains("planned failure");
		assertThat(this.entry.directory()).isEmptyDirectory();
		this.maker.begin(this.application, JVM);
		assertThat(isBusy()).isFalse();
		this.maker.reconsider();
		this.maker.begin(this.application, JVM);
		awaitEnd();
		assertThat(this.log).hasSize(2);
	}

	@Test
	void beginWhenNothingCanBePrunedSaysNothing() throws Exception {
		makeCache(this.entry);
		for (int i = 1; i <= 4; i++) {
			CacheEntry other = this.home.entry("other" + i);
			makeCache(other);
			Files.setLastModifiedTime(other.directory(), FileTime.fromMillis(1000));
			// No file that can be locked
			Files.createDirectory(this.home.directory().resolve(other.key() + ".use"));
		}
		this.maker.begin(this.application, JVM);
		awaitEnd();
		assertThat(this.log).isEmpty();
	}

	@Test
	void beginWhenTheArchiveIsNewToThisMasterVerifiesItAlsoWhileAnotherHasTheLock() throws Exception {
		makeCache(this.entry);
		Path copy = Files.copy(this.entry.archive(), this.entry.temporary("copy"));
		Files.move(copy, this.entry.archive(), StandardCopyOption.REPLACE_EXISTING);
		assertThat(this.entry.isUnread()).isTrue();
		try (EntryLock other = Objects.requireNonNull(EntryLock.make(this.home, this.entry.key()))) {
			assertThat(other.channel().isOpen()).isTrue();
			this.maker.begin(this.application, JVM);
			awaitEnd();
		}
		assertThat(this.entry.isUnread()).isFalse();
		assertThat(this.log).isEmpty();
	}

	@Test
	void beginWhenTheCacheWasBadForLongMakesItAnew() throws Exception {
		makeCache(this.entry);
		this.entry.badMark().set();
		this.maker.begin(this.application, JVM);
		awaitEnd();
		assertThat(files()).contains("bad", "app");
		Files.createFile(this.directory.resolve(Extractor.FAIL));
		Files.setLastModifiedTime(this.entry.directory().resolve("bad"), FileTime.fromMillis(1000));
		try (EntryLock use = EntryLock.use(this.home, this.entry.key())) {
			assertThat(use).isNotNull();
			this.maker.begin(this.application, JVM);
			awaitEnd();
			assertThat(this.log).singleElement().asString().contains("children may still run from what is there");
		}
		this.maker.reconsider();
		this.maker.begin(this.application, JVM);
		awaitEnd();
		assertThat(this.entry.directory()).isEmptyDirectory();
		assertThat(this.log).last().asString().contains("planned failure");
	}

	@Test
	void rolloutThatFinishedClearsACacheThatTheSameFleetHasUsedAndThatWasBadForLong() throws Exception {
		makeCache(this.entry);
		Process gone = new ProcessBuilder("/bin/true").start();
		gone.waitFor();
		Processes processes = new GoneProcesses(gone.pid());
		Path jar = this.directory.resolve("app.jar");
		try (StartupCache cache = new StartupCache(StartupCacheMode.AUTO, 1, () -> TestJars.ofJar(jar), this.home,
				this.maker, this.log::add)) {
			assertThat(cache.next(1, 0)).isNotEqualTo(StartForm.PLAIN);
			cache.happened(new ChildReady(0, 0, 1, Duration.ZERO), processes);
			this.entry.badMark().set();
			Files.setLastModifiedTime(this.entry.badMark().file(), FileTime.fromMillis(1000));
			cache.happened(new RolloutStarted(1, RolloutCause.RESTART, null, null), processes);
			cache.next(2, 0);
			// While the old child still runs from it
			cache.happened(new ChildRecovered(0, 1, 1, 2), processes);
			awaitEnd();
			assertThat(files()).contains("bad", "app");
			cache.forget(1);
			cache.happened(new RolloutFinished(1, RolloutCause.RESTART, 1, Duration.ZERO), processes);
			awaitEnd();
			assertThat(files()).doesNotContain("bad", "app");
			assertThat(this.log).filteredOn((line) -> line.contains("children may still run")).hasSize(1);
		}
	}

	private void makeCache(CacheEntry cache) throws IOException {
		this.home.open();
		CacheHome.makeOwn(cache.directory());
		cache.put(Files.createDirectory(cache.temporary("app")), cache.layout());
		cache.put(Files.writeString(cache.temporary("archive"), "archive"), cache.archive());
	}

	@Test
	void closeInMidRunLeavesNoProcessAndNoHalfFile() throws Exception {
		Path hang = Files.createFile(this.directory.resolve(Extractor.HANG));
		this.maker.begin(this.application, JVM);
		Awaitility.await().atMost(DEADLINE).until(() -> Files.size(hang) > 0);
		Path process = Path.of("/proc", Files.readString(hang));
		assertThat(process).exists();
		this.maker.close();
		awaitEnd();
		Awaitility.await().atMost(DEADLINE).until(() -> !Files.exists(process));
		assertThat(this.entry.directory()).isEmptyDirectory();
		assertThat(this.log).isEmpty();
		try (EntryLock lock = EntryLock.make(this.home, this.entry.key())) {
			assertThat(lock).isNotNull();
		}
	}

	@Test
	void beginWhenSomebodyEndsTheToolAloneLeavesTheCacheToOthersSoon() throws Exception {
		this.maker = maker(StartupCacheMode.AUTO, new Tool(DEADLINE, Duration.ofMillis(100), DeathWatch.SHELL));
		Path hang = Files.createFile(this.directory.resolve(Extractor.HANG));
		this.maker.begin(this.application, JVM);
		Awaitility.await().atMost(DEADLINE).until(() -> Files.size(hang) > 0);
		ProcessHandle.of(Long.parseLong(Files.readString(hang))).orElseThrow().destroy();
		awaitEnd();
		assertThat(this.log).containsExactly("The start-up cache could not be made: it ended with exit code 143");
		try (EntryLock lock = EntryLock.make(this.home, this.entry.key())) {
			assertThat(lock).isNotNull();
		}
	}

	// Its child was killed while it wrote it
	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void beginWhenTheRecordingIsNotCompleteSaysSoOnceAndForgetsIt() throws Exception {
		this.home.open();
		CacheHome.makeOwn(this.entry.directory());
		Path half = Files.writeString(this.entry.directory().resolve("recorded-1-2-3"), "half");
		Files.setLastModifiedTime(half, FileTime.fromMillis(1000));
		this.maker.begin(this.application, JVM);
		awaitEnd();
		assertThat(this.log).hasSize(2).last().asString().startsWith("The start-up cache could not be made: ");
		assertThat(this.entry.verify()).isEqualTo(new Content(true, false));
		assertThat(files()).containsExactlyInAnyOrder("app", "manifest");
	}

	private BackgroundMaker maker(StartupCacheMode mode, Tool tool) {
		ChildCommandFactory commands = ChildCommandFactory.ofThisJvm(
				new ChildSettings(1, List.of(), List.of(), Map.of()), MemoryBudget.ofThisProcess(ChildHeap.SPLIT, 1),
				this.log::add);
		return new BackgroundMaker(mode, commands, this.home, tool, this.log::add);
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(this.entry.directory())) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private static void awaitEnd() {
		Awaitility.await().atMost(DEADLINE).until(() -> !isBusy());
	}

	private void makeOfAJvmWith(Path classes) throws Exception {
		Process jvm = Extractor.startIdle(classes);
		try {
			this.maker.begin(this.application, jvm::pid);
			awaitEnd();
		}
		finally {
			jvm.destroyForcibly().waitFor();
			Files.deleteIfExists(Path.of("/tmp/.java_pid" + jvm.pid()));
		}
	}

	private static boolean isBusy() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.anyMatch((thread) -> thread.getName().equals("prefork-startup-cache"));
	}

	private record GoneProcesses(long jvm) implements Processes {

		@Override
		public @Nullable Long launchOf(long pid) {
			return null;
		}

		@Override
		public long jvmOf(long pid) {
			return this.jvm;
		}

	}

}
