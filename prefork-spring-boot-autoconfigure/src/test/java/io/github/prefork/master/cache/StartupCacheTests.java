package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.FleetReady;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutStarted;
import io.github.prefork.master.command.StartForm;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartupCache}.
 */
class StartupCacheTests {

	private static final long JVM = 4711;

	@TempDir
	private Path directory;

	private final List<String> log = new ArrayList<>();

	private final RecordingMaker maker = new RecordingMaker();

	private CacheHome home;

	private Path jar;

	private String[] options = {};

	@BeforeEach
	void makeJar() throws IOException {
		this.home = new CacheHome(this.directory.resolve("prefork"));
		this.jar = TestJars.fat(this.directory.resolve("app.jar"), "one");
	}

	@Test
	void firstStartIsPlainAndTheCacheIsMadeWhenAllAreReady() throws Exception {
		StartupCache cache = cache(StartupCacheMode.AUTO);
		assertThat(cache.next(1, 0).target()).isEmpty();
		assertThat(cache.next(2, 1)).isEqualTo(StartForm.PLAIN);
		happen(cache, ready(1));
		assertThat(this.maker.begun).isEmpty();
		happen(cache, new FleetReady(List.of()));
		assertThat(this.maker.begun).containsExactly(application().key() + " " + JVM);
		assertThat(this.log)
			.containsExactly("Children are started plain; the start-up cache is made in the background");
		assertThat(cache.discard(1)).isFalse();
	}

	@Test
	void cacheIsMadeAgainWhenAChildHasTakenThePlaceOfALostOne() {
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		happen(cache, new ChildRecovered(0, 0, 101, 102));
		assertThat(this.maker.begun).hasSize(1);
	}

	@Test
	void nextWhenThereIsACacheStartsFromIt() throws Exception {
		CacheEntry entry = makeCache();
		StartForm form = cache(StartupCacheMode.AUTO).next(1, 0);
		assertThat(form.target()).containsExactly("-jar", entry.layout().resolve("app.jar").toString());
		assertThat(form.options()).startsWith(CacheEntry.ARCHIVE_OPTION + entry.archive())
			.contains("-XX:Tier3DelayOn=0", "-XX:ArchiveRelocationMode=0");
		assertThat(this.log).containsExactly("Children are started from the start-up cache " + entry.directory());
	}

	@Test
	void cacheThatIsMadeAfterItWasDeletedIsInUse() throws Exception {
		makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		FileSystemUtils.deleteRecursively(this.home.directory());
		CacheEntry entry = makeCache();
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(cache.next(2, 0)).isNotEqualTo(StartForm.PLAIN);
		assertThat(EntryLock.prune(this.home, entry.key())).isNull();
		cache.close();
		try (EntryLock unused = EntryLock.prune(this.home, entry.key())) {
			assertThat(unused).isNotNull();
		}
	}

	@Test
	void nextWhenOthersCanWriteToTheCacheIsPlainUntilTheyCannot() throws Exception {
		CacheEntry entry = makeCache();
		Files.setPosixFilePermissions(entry.directory(), PosixFilePermissions.fromString("rwxrwx---"));
		StartupCache cache = cache(StartupCacheMode.AUTO);
		assertThat(cache.next(1, 0)).isEqualTo(StartForm.PLAIN);
		assertThat(this.log).containsExactly("Children are started without the start-up cache: others can write to "
				+ entry.directory() + "; take that from them (chmod go-w), or delete it");
		happen(cache, new FleetReady(List.of()));
		assertThat(this.maker.begun).isEmpty();
		Files.setPosixFilePermissions(entry.directory(), PosixFilePermissions.fromString("rwx------"));
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(cache.next(2, 0)).isNotEqualTo(StartForm.PLAIN);
	}

	@Test
	void nextWhenTheUserSaysWhereTheArchiveIsLeavesItToHim() throws Exception {
		this.options = new String[] { "-XX:+UnlockDiagnosticVMOptions", "-XX:ArchiveRelocationMode=1" };
		CacheEntry entry = makeCache();
		assertThat(cache(StartupCacheMode.AUTO).next(1, 0).options())
			.startsWith(CacheEntry.ARCHIVE_OPTION + entry.archive())
			.noneMatch((option) -> option.contains("ArchiveRelocationMode"));
	}

	@Test
	void nextWhenTheCacheComesLaterStaysPlainUntilTheNextRollout() throws Exception {
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		makeCache();
		assertThat(cache.next(2, 1)).isEqualTo(StartForm.PLAIN);
		happen(cache, new RolloutStarted(1, RolloutCause.LIMIT, 0, "old"));
		assertThat(cache.next(3, 0)).isEqualTo(StartForm.PLAIN);
		assertThat(this.maker.reconsidered).isEqualTo(1);
		happen(cache, new RolloutStarted(2, RolloutCause.RESTART, null, null));
		assertThat(this.maker.reconsidered).isEqualTo(2);
		assertThat(cache.next(4, 0)).isNotEqualTo(StartForm.PLAIN);
	}

	@Test
	void nextWhenTheCacheWasUsedBeforeTheRolloutStartsFromItAgain() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		StartForm form = cache.next(1, 0);
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(cache.next(2, 0)).isEqualTo(form).isNotEqualTo(StartForm.PLAIN);
		assertThat(isLocked(entry)).isTrue();
		cache.close();
		assertThat(isLocked(entry)).isFalse();
	}

	@Test
	void rolloutThatFinishedLeavesToOthersWhatNoChildRunsFromAnyMore() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		cache.next(2, 1);
		cache.discard(1);
		cache.forget(1);
		entry.badMark().set();
		Files.setLastModifiedTime(entry.badMark().file(), FileTime.fromMillis(1000));
		rollOut(cache, 1);
		assertThat(isLocked(entry)).as("the other child still lives").isTrue();
		cache.forget(2);
		happen(cache, new RolloutFinished(1, RolloutCause.LIMIT, 1, Duration.ZERO));
		assertThat(isLocked(entry)).isTrue();
		int reconsidered = this.maker.reconsidered;
		rollOut(cache, 2);
		assertThat(isLocked(entry)).isFalse();
		assertThat(this.maker.reconsidered).as("what had failed while it was in use").isEqualTo(reconsidered + 2);
		try (EntryLock unused = EntryLock.prune(this.home, entry.key())) {
			assertThat(unused).isNotNull();
			entry.clear();
		}
		makeCache();
		rollOut(cache, 3);
		assertThat(cache.next(5, 0)).isNotEqualTo(StartForm.PLAIN);
		rollOut(cache, 4);
		assertThat(isLocked(entry)).as("in use again").isTrue();
		cache.close();
	}

	private static void rollOut(StartupCache cache, int generation) {
		happen(cache, new RolloutStarted(generation, RolloutCause.RESTART, null, null));
		happen(cache, new RolloutFinished(generation, RolloutCause.RESTART, 2, Duration.ZERO));
	}

	// What other processes see
	private boolean isLocked(CacheEntry entry) throws IOException {
		Object inode = Files.getAttribute(this.home.directory().resolve(entry.key() + ".use"), "unix:ino");
		return Files.readString(Path.of("/proc/locks")).contains(":" + inode + " ");
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_24)
	void nextWhenThereIsNoArchiveHasOneChildListItsClasses() throws Exception {
		StartupCache cache = cache(StartupCacheMode.AUTO);
		StartForm form = cache.next(1, 0);
		Path directory = this.home.entry(application().key()).directory();
		assertThat(form.target()).isEmpty();
		assertThat(form.options()).singleElement()
			.asString()
			.startsWith("-XX:DumpLoadedClassList=" + directory.resolve("recorded-"));
		assertThat(directory).isEmptyDirectory();
		assertThat(cache.next(2, 1)).isEqualTo(StartForm.PLAIN);
		assertThat(cache.discard(1)).isFalse();
		assertThat(cache.next(3, 0)).isEqualTo(StartForm.PLAIN);
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_24)
	void nextWhenThereIsOnlyTheLayoutListsTheClassesOfAChildThatStartsFromIt() throws Exception {
		CacheEntry entry = makeCache();
		Files.delete(entry.archive());
		Files.delete(entry.directory().resolve("manifest"));
		Path made = Files.move(entry.layout(), entry.temporary("app"));
		entry.put(made, entry.layout());
		StartForm form = cache(StartupCacheMode.AUTO).next(1, 0);
		assertThat(form.target()).containsExactly("-jar", entry.layout().resolve("app.jar").toString());
		assertThat(form.options()).singleElement().asString().startsWith("-XX:DumpLoadedClassList=");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void nextWhenThereIsNothingToExtractRecordsAChildOfTheFirstStart() throws Exception {
		TestJars.write(this.jar, "Main", java.util.Map.of());
		StartupCache cache = cache(StartupCacheMode.AUTO);
		assertThat(cache.next(1, 0)).isEqualTo(StartForm.PLAIN);
		StartForm form = cache.next(2, 1);
		assertThat(form.options()).contains("-XX:AOTMode=record");
		assertThat(form.target()).isEmpty();
		assertThat(cache.discard(2)).isTrue();
		assertThat(cache.next(3, 1)).isEqualTo(StartForm.PLAIN);
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(cache.next(4, 1)).isEqualTo(StartForm.PLAIN);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void nextWhenWhatWasMadeIsToBeClearedLeavesItAlone() throws Exception {
		TestJars.write(this.jar, "Main", java.util.Map.of());
		CacheEntry entry = makeCache();
		entry.badMark().set();
		Files.setLastModifiedTime(entry.directory().resolve("bad"),
				FileTime.from(Instant.now().minus(Duration.ofDays(2))));
		StartupCache cache = cache(StartupCacheMode.AUTO);
		assertThat(cache.next(1, 0)).isEqualTo(StartForm.PLAIN);
		assertThat(cache.next(2, 1)).isEqualTo(StartForm.PLAIN);
		try (EntryLock clear = EntryLock.prune(this.home, entry.key())) {
			assertThat(clear).isNotNull();
		}
	}

	@Test
	void nextWhenTheCacheIsBrokenIsPlainAndItIsMadeAnew() throws Exception {
		CacheEntry entry = makeCache();
		Files.writeString(entry.archive(), "broken");
		StartupCache cache = cache(StartupCacheMode.AUTO);
		assertThat(cache.next(1, 0).target()).isEmpty();
		assertThat(this.log).singleElement().asString().contains("is not as it was made");
		happen(cache, new FleetReady(List.of()));
		assertThat(this.maker.begun).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "archive", "manifest", "app", "deleted" })
	void nextWhenTheCacheWasChangedIsPlainAndThatIsSaidOnce(String changed) throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		assertThat(cache.next(1, 0)).isEqualTo(cache.next(2, 1)).isNotEqualTo(StartForm.PLAIN);
		if (changed.equals("deleted")) {
			FileSystemUtils.deleteRecursively(entry.directory());
		}
		else {
			replace(changed.equals("archive") ? entry.archive() : entry.directory().resolve(changed));
		}
		assertThat(cache.next(3, 0)).isEqualTo(StartForm.PLAIN);
		assertThat(cache.next(4, 1)).isEqualTo(StartForm.PLAIN);
		assertThat(this.log).hasSize(2).last().asString().contains("was changed or deleted");
		assertThat(cache.summary()).isEqualTo("without the start-up cache, which was changed or deleted");
		happen(cache, new FleetReady(List.of()));
		assertThat(this.maker.begun).isEmpty();
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		happen(cache, new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO));
		assertThat(this.log).hasSize(3);
	}

	// By one of the same size and time
	private static void replace(Path file) throws IOException {
		FileTime time = Files.getLastModifiedTime(file);
		Path other = file.resolveSibling("other");
		FileSystemUtils.copyRecursively(file, other);
		FileSystemUtils.deleteRecursively(file);
		Files.createFile(file.resolveSibling("more"));
		Files.move(other, file);
		Files.setLastModifiedTime(file, time);
	}

	@Test
	void nextWhenTheArchiveCameAfterTheLayoutWasChosenStaysWithTheLayout() throws Exception {
		this.home.open();
		CacheEntry entry = this.home.entry(application().key());
		CacheHome.makeOwn(entry.directory());
		makeLayout(entry);
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		entry.put(Files.writeString(entry.temporary("archive"), "archive"), entry.archive());
		StartForm form = cache.next(2, 0);
		assertThat(form.target()).containsExactly("-jar", entry.layout().resolve("app.jar").toString());
		assertThat(form.options()).isEmpty();
		assertThat(this.log).hasSize(1);
	}

	@Test
	void useWhenTheCacheWasPrunedMeanwhileIsRefused() throws Exception {
		CacheEntry entry = makeCache();
		try (Chooser chooser = new Chooser(() -> TestJars.ofJar(this.jar), this.home, true)) {
			assertThat(chooser.use(entry)).isTrue();
			CacheEntry pruned = this.home.entry("pruned");
			assertThat(chooser.use(pruned)).isFalse();
			assertThat(isLocked(pruned)).isFalse();
		}
	}

	@Test
	void nextWhenAJvmWouldTakeTheNameForSeveralSaysSoAtOnce() {
		this.home = new CacheHome(this.directory.resolve("a:b/prefork"));
		StartupCache cache = cache(StartupCacheMode.AUTO);
		assertThat(cache.next(1, 0)).isEqualTo(StartForm.PLAIN);
		happen(cache, new FleetReady(List.of()));
		assertThat(this.maker.begun).isEmpty();
		assertThat(this.log).containsExactly("Children are started without a start-up cache: there is a ':' in "
				+ this.home.directory() + "; XDG_CACHE_HOME can name another directory");
	}

	@Test
	void nextWhenTheJarWasReplacedIsPlain() throws Exception {
		makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		assertThat(cache.next(1, 0)).isNotEqualTo(StartForm.PLAIN);
		Files.move(TestJars.fat(this.directory.resolve("next.jar"), "two"), this.jar,
				StandardCopyOption.REPLACE_EXISTING);
		assertThat(cache.next(2, 1)).isEqualTo(StartForm.PLAIN);
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(this.log).last().asString().startsWith("Children are started plain");
	}

	@Test
	void discardWhenAChildIsNotReadyStartsTheNextPlainly() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		cache.next(2, 1);
		assertThat(cache.discard(1)).isTrue();
		assertThat(cache.discard(1)).isFalse();
		assertThat(cache.next(3, 0)).isEqualTo(StartForm.PLAIN);
		assertThat(cache.discard(2)).isTrue();
		assertThat(cache.discard(3)).isFalse();
		assertThat(this.log).hasSize(2).last().asString().contains(entry.directory() + " was not ready");
		assertThat(entry.badMark().isValid()).isFalse();
	}

	@Test
	void discardedCacheIsBadOnceAPlainChildIsReady() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		cache.discard(1);
		cache.next(2, 0);
		happen(cache, ready(2));
		assertThat(entry.badMark().isValid()).isTrue();
		assertThat(this.log).last()
			.asString()
			.contains(entry.directory().toString(), "no fleet uses it from now on", BadMark.ANEW);
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(cache.next(3, 0)).isEqualTo(StartForm.PLAIN);
		assertThat(this.log).last().asString().contains("it is made anew after a day, and sooner if you delete");
		happen(cache, new FleetReady(List.of()));
		assertThat(this.maker.begun).isEmpty();
		Files.setLastModifiedTime(entry.directory().resolve("bad"), FileTime.fromMillis(1000));
		happen(cache, new RolloutStarted(2, RolloutCause.RESTART, null, null));
		assertThat(cache.next(4, 0).target()).isEmpty();
		assertThat(this.log).last().asString().contains("which is made anew: children did not start with it before");
		happen(cache, new FleetReady(List.of()));
		assertThat(this.maker.begun).hasSize(1);
	}

	@Test
	void discardedCacheIsNotBadIfAPlainChildIsNotReadyEither() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		cache.discard(1);
		cache.next(2, 0);
		cache.discard(2);
		cache.next(3, 0);
		happen(cache, ready(3));
		assertThat(entry.badMark().isValid()).isFalse();
	}

	@Test
	void discardedCacheIsNotBadForAPlainChildThatWasLaunchedBefore() throws Exception {
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		CacheEntry entry = makeCache();
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(cache.next(2, 1)).isNotEqualTo(StartForm.PLAIN);
		cache.discard(2);
		happen(cache, ready(1));
		assertThat(entry.badMark().isValid()).isFalse();
		cache.next(3, 1);
		happen(cache, ready(3));
		assertThat(entry.badMark().isValid()).isTrue();
	}

	@Test
	void discardedCacheIsNotBadIfAnotherChildIsReadyWithIt() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		cache.next(2, 1);
		cache.discard(1);
		cache.next(3, 0);
		// Is there, but of the archive of a test nothing is mapped
		Files.delete(entry.archive());
		happen(cache, ready(2));
		happen(cache, ready(3));
		assertThat(entry.badMark().isValid()).isFalse();
	}

	@Test
	void discardedCacheIsNotBadIfItIsNotKnownWhoIsReady() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		cache.discard(1);
		cache.next(2, 0);
		cache.happened(ready(2), new FakeProcesses(JVM, false));
		assertThat(entry.badMark().isValid()).isFalse();
	}

	@Test
	void discardedCacheIsTriedAgainInTheNextRolloutAndNotBadMeanwhile() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		cache.discard(1);
		cache.next(2, 0);
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		happen(cache, ready(2));
		assertThat(entry.badMark().isValid()).isFalse();
		assertThat(cache.next(3, 0)).isNotEqualTo(StartForm.PLAIN);
	}

	@Test
	void forgottenLaunchIsNoReasonToGiveUp() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		StartForm form = cache.next(1, 0);
		cache.forget(1);
		assertThat(cache.discard(1)).as("nothing is left of it").isFalse();
		assertThat(cache.next(2, 0)).isEqualTo(form).isNotEqualTo(StartForm.PLAIN);
		cache.discard(2);
		cache.next(3, 0);
		cache.forget(3);
		happen(cache, ready(3));
		assertThat(entry.badMark().isValid()).as("launched, but ended").isFalse();
		assertThat(this.log).hasSize(2);
	}

	@Test
	void rolloutWhenTheArchiveIsNewToThisMasterLeavesItToTheMakerAndTheNextOneUsesIt() throws Exception {
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		Files.move(TestJars.fat(this.directory.resolve("next.jar"), "two"), this.jar,
				StandardCopyOption.REPLACE_EXISTING);
		CacheEntry entry = makeCache();
		ofSomebodyElse(entry.archive());
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(cache.next(2, 0)).as("nor does a child list its classes").isEqualTo(StartForm.PLAIN);
		assertThat(this.log).last()
			.asString()
			.contains(entry.directory() + " is verified in the background, and used from the next rolling restart on");
		assertThat(entry.isUnread()).isTrue();
		happen(cache, new RolloutFinished(1, RolloutCause.RESTART, 1, Duration.ZERO));
		assertThat(this.maker.begun).hasSize(1);
		entry.verify();
		happen(cache, new RolloutStarted(2, RolloutCause.RESTART, null, null));
		assertThat(cache.next(3, 0)).isNotEqualTo(StartForm.PLAIN);
	}

	@Test
	void rolloutThatFailedHasTheArchiveVerifiedThatIsNewToThisMasterButMakesNone() throws Exception {
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		Files.move(TestJars.fat(this.directory.resolve("next.jar"), "two"), this.jar,
				StandardCopyOption.REPLACE_EXISTING);
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		happen(cache, new RolloutFailed(1, RolloutCause.RESTART, 0, "test", 0, Duration.ZERO));
		assertThat(this.maker.begun).as("the children are of another jar").isEmpty();
		CacheEntry entry = makeCache();
		ofSomebodyElse(entry.archive());
		happen(cache, new RolloutStarted(2, RolloutCause.RESTART, null, null));
		assertThat(this.log).last().asString().contains("is verified in the background");
		happen(cache, new RolloutFailed(2, RolloutCause.RESTART, 0, "test", 0, Duration.ZERO));
		assertThat(this.maker.begun).containsExactly(entry.key() + " 0");
	}

	@Test
	void firstStartReadsAnArchiveThatIsNewToThisMaster() throws Exception {
		CacheEntry entry = makeCache();
		ofSomebodyElse(entry.archive());
		assertThat(cache(StartupCacheMode.AUTO).next(1, 0)).isNotEqualTo(StartForm.PLAIN);
		assertThat(entry.isUnread()).isFalse();
	}

	// The same content in another file
	private static void ofSomebodyElse(Path archive) throws IOException {
		Path copy = Files.copy(archive, archive.resolveSibling(".copy"));
		Files.move(copy, archive, StandardCopyOption.REPLACE_EXISTING);
	}

	@Test
	void discardWhenTheChildWasStartedFromAnotherCacheLeavesThisOneAlone() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		Files.move(TestJars.fat(this.directory.resolve("next.jar"), "two"), this.jar,
				StandardCopyOption.REPLACE_EXISTING);
		CacheEntry other = makeCache();
		happen(cache, new RolloutStarted(1, RolloutCause.RESTART, null, null));
		assertThat(cache.discard(1)).isTrue();
		StartForm form = cache.next(2, 0);
		assertThat(form.target()).containsExactly("-jar", other.layout().resolve("app.jar").toString());
		happen(cache, ready(3));
		assertThat(entry.badMark().isValid()).isFalse();
		assertThat(other.badMark().isValid()).isFalse();
		assertThat(this.log).allMatch((line) -> line.startsWith("Children are started from "));
	}

	@Test
	void chooseWhenNoArchiveComesSaysWhatItNeeds() throws Exception {
		try (Chooser chooser = new Chooser(() -> TestJars.ofJar(this.jar, this.options), this.home, false)) {
			assertThat(chooser.choose(true).words()).startsWith(
					"plain; the jar is extracted in the background, an archive" + " needs prefork.startup-cache=train");
			this.home.open();
			CacheEntry entry = this.home.entry(application().key());
			CacheHome.makeOwn(entry.directory());
			makeLayout(entry);
			assertThat(chooser.choose(true).words()).startsWith("from the extracted layout " + entry.layout())
				.contains("an archive needs prefork.startup-cache=train");
		}
	}

	@Test
	void archiveThatTheJvmDoesNotAcceptIsGivenUp() throws Exception {
		CacheEntry entry = makeCache();
		StartupCache cache = cache(StartupCacheMode.AUTO);
		cache.next(1, 0);
		cache.happened(new ChildReady(0, 0, 101, Duration.ofSeconds(1)),
				new FakeProcesses(ProcessHandle.current().pid()));
		assertThat(cache.next(2, 1)).isEqualTo(StartForm.PLAIN);
		assertThat(entry.badMark().isValid()).isTrue();
		assertThat(this.log).last().asString().contains("does not accept");
	}

	@Test
	void nextWhenItIsOffSaysNothing() {
		StartupCache cache = cache(StartupCacheMode.OFF);
		assertThat(cache.next(1, 0)).isEqualTo(StartForm.PLAIN);
		happen(cache, new FleetReady(List.of()));
		assertThat(this.log).isEmpty();
		assertThat(this.maker.begun).isEmpty();
		assertThat(this.home.directory()).doesNotExist();
	}

	@Test
	void nextWhenThereCanBeNoneSaysWhy() throws IOException {
		TestJars.write(this.jar, TestJars.LAUNCHER, java.util.Map.of());
		assertThat(cache(StartupCacheMode.AUTO).next(1, 0)).isEqualTo(StartForm.PLAIN);
		assertThat(this.log).singleElement().asString().contains("spring-boot-jarmode-tools is not in");
	}

	private Application application() throws Exception {
		return Application.look(TestJars.ofJar(this.jar, this.options));
	}

	private CacheEntry makeCache() throws Exception {
		this.home.open();
		CacheEntry entry = this.home.entry(application().key());
		CacheHome.makeOwn(entry.directory());
		makeLayout(entry);
		entry.put(Files.writeString(entry.temporary("archive"), "archive"), entry.archive());
		return entry;
	}

	private static void makeLayout(CacheEntry entry) throws IOException {
		Path made = Files.createDirectory(entry.temporary("app"));
		Files.writeString(made.resolve("app.jar"), "jar");
		entry.put(made, entry.layout());
	}

	private StartupCache cache(StartupCacheMode mode) {
		return new StartupCache(mode, 1, () -> TestJars.ofJar(this.jar, this.options), this.home, this.maker,
				this.log::add);
	}

	private static ChildReady ready(long launch) {
		return new ChildReady(0, 0, 100 + launch, Duration.ofSeconds(1));
	}

	private static void happen(StartupCache cache, PreforkEvent event) {
		cache.happened(event, new FakeProcesses(JVM));
	}

	private record FakeProcesses(long jvm, boolean alive) implements StartupCache.Processes {

		private FakeProcesses(long jvm) {
			this(jvm, true);
		}

		@Override
		public @Nullable Long launchOf(long pid) {
			return (this.alive) ? pid - 100 : null;
		}

		@Override
		public long jvmOf(long pid) {
			return this.jvm;
		}

	}

	private static final class RecordingMaker implements Maker {

		private final List<String> begun = new ArrayList<>();

		private int reconsidered;

		@Override
		public void begin(Application application, LongSupplier jvm) {
			this.begun.add(application.key() + " " + jvm.getAsLong());
		}

		@Override
		public void reconsider() {
			this.reconsidered++;
		}

		@Override
		public void close() {
		}

	}

}
