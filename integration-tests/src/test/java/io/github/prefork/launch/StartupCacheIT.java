package io.github.prefork.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The start-up cache: made by the first fleet, used by the second one and by the children
 * of every rollout, left alone when it is broken, and given up when no child starts with
 * it.
 */
class StartupCacheIT {

	private static final Duration TIMEOUT = Duration.ofMinutes(4);

	private static final Pattern STARTED = Pattern.compile("Children are started (.*)");

	private static final Pattern MAPPING = Pattern.compile("^\\p{XDigit}+-\\p{XDigit}+ ");

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path caches;

	@Test
	void cacheIsMadeThenUsedAndNeverTrustedWhenBroken() throws Exception {
		try (FleetProcess first = start()) {
			assertThat(started(first)).isEqualTo("plain; the start-up cache is made in the background");
			// An additional run of the application is quicker to wait for than a planned
			// exit, which the AOT cache needs otherwise
			first.awaitOutput(Pattern.compile("The start-up cache is ready"), TIMEOUT);
			stop(first);
		}
		Path archive = find("app\\.(jsa|aot)");
		try (FleetProcess second = start()) {
			assertThat(started(second)).startsWith("from the start-up cache ");
			second.awaitOutput(Pattern.compile("All 2 children are ready"), TIMEOUT);
			assertShared(archive, second.childPids());
			// Where no JVM would place it by itself
			assertThat(Long.parseLong(address(archive, second.childPids().get(0)), 16)).isBetween(64L << 30, 64L << 40);
			assertThat(second.get("/")).isNotEmpty();
			stop(second);
		}
		archive.toFile().setWritable(true);
		Files.writeString(archive, "broken", StandardOpenOption.WRITE);
		try (FleetProcess third = start()) {
			assertThat(started(third)).startsWith("without the start-up cache").contains("is not as it was made");
			third.port();
			stop(third);
		}
		assertThat(files()).noneMatch((file) -> file.getFileName().toString().startsWith("."));
	}

	// An AOT cache is made of a child that has ended
	@Test
	@EnabledForJreRange(max = JRE.JAVA_24)
	void cacheOfALiveChildIsUsedInEveryRolloutAndGivenUpWhenNoChildStartsWithIt() throws Exception {
		try (FleetProcess fleet = start("--prefork.children=2", "--prefork.startup-cache=auto")) {
			fleet.awaitOutput(Pattern.compile("The start-up cache is ready"), TIMEOUT);
			Path archive = find("app\\.jsa");
			assertThat(fleet.childPids()).hasSize(2).noneMatch((pid) -> isMapped(archive, pid));
			for (int generation = 1; generation <= 2; generation++) {
				rollOut(fleet, generation);
				assertShared(archive, fleet.childPids());
			}
			stop(fleet);
		}
		assertGivenUpWhenNoChildStartsWithIt();
	}

	// Of one rolling restart after the other: it records, it ends, the archive is there
	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void cacheOfAChildThatHasEndedIsUsedInTheNextRolloutAndGivenUpWhenNoChildStartsWithIt() throws Exception {
		try (FleetProcess fleet = start("--prefork.children=2", "--prefork.startup-cache=auto")) {
			fleet.awaitOutput(Pattern.compile("The application is extracted for the start-up cache"), TIMEOUT);
			assertThat(fleet.childPids()).hasSize(2).noneMatch(StartupCacheIT::records);
			rollOut(fleet, 1);
			assertThat(fleet.childPids()).hasSize(2).allSatisfy(StartupCacheIT::runsFromTheLayout);
			assertThat(fleet.childPids()).filteredOn(StartupCacheIT::records)
				.singleElement()
				.satisfies((pid) -> assertThat(read(pid, "environ")).contains("PREFORK_SLOT=1\0"));
			rollOut(fleet, 2);
			fleet.awaitOutput(Pattern.compile("The start-up cache is ready"), TIMEOUT);
			Path archive = find("app\\.aot");
			assertThat(fleet.childPids()).hasSize(2).noneMatch((pid) -> isMapped(archive, pid) || records(pid));
			rollOut(fleet, 3);
			assertShared(archive, fleet.childPids());
			stop(fleet);
		}
		assertGivenUpWhenNoChildStartsWithIt();
	}

	private void assertGivenUpWhenNoChildStartsWithIt() throws Exception {
		breakUnseen(find("sample-app\\.jar"));
		try (FleetProcess fleet = start("--prefork.children=1", "--prefork.startup-cache=auto")) {
			assertThat(started(fleet)).startsWith("from the start-up cache ");
			fleet.port();
			assertThat(fleet.get("/")).isNotEmpty();
			assertThat(fleet.output()).filteredOn((line) -> line.contains("was not ready")).hasSize(1);
			assertThat(find("bad")).exists();
			stop(fleet);
		}
	}

	private static void rollOut(FleetProcess fleet, int generation) throws Exception {
		int from = fleet.output().size();
		if (generation == 1) {
			fleet.signal(fleet.pid(), "HUP");
		}
		else {
			fleet.manage("POST", "/actuator/prefork/restart?wait=0s", null);
		}
		fleet.awaitOutput(Pattern.compile("Rollout to generation " + generation + " is complete"), from, TIMEOUT);
		Awaitility.await().atMost(TIMEOUT).until(() -> fleet.childPids().size() == 2);
	}

	// What is not where it was made for is changed by each JVM for itself
	private static void assertShared(Path archive, List<Long> children) {
		assertThat(children).hasSize(2)
			.allMatch((pid) -> isMapped(archive, pid))
			.allSatisfy(StartupCacheIT::runsFromTheLayout);
		assertThat(children).extracting((pid) -> address(archive, pid))
			.as("where it is, so that its pages are shared")
			.containsOnly(address(archive, children.get(0)));
		assertThat(children).allSatisfy((pid) -> {
			// Dirty as well, until the system has written the new file to the disk
			long shared = kilobytes(archive, pid, "Shared_Clean") + kilobytes(archive, pid, "Shared_Dirty");
			System.out.println("Of the archive " + pid + " has shared " + shared + " of "
					+ kilobytes(archive, pid, "Rss") + " KiB");
			assertThat(shared).isGreaterThan(kilobytes(archive, pid, "Rss") / 3);
		});
	}

	private static long kilobytes(Path archive, long pid, String name) {
		long sum = 0;
		boolean inArchive = false;
		for (String line : read(pid, "smaps").lines().toList()) {
			if (MAPPING.matcher(line).find()) {
				inArchive = line.endsWith(archive.toString());
			}
			else if (inArchive && line.startsWith(name + ":")) {
				sum += Long.parseLong(line.replaceAll("\\D", ""));
			}
		}
		return sum;
	}

	private static boolean isMapped(Path archive, long pid) {
		return read(pid, "maps").contains(archive.toString());
	}

	private static String address(Path archive, long pid) {
		return read(pid, "maps").lines()
			.filter((line) -> line.endsWith(archive.toString()))
			.map((line) -> line.substring(0, line.indexOf('-')))
			.findFirst()
			.orElseThrow();
	}

	private static boolean records(long pid) {
		return read(pid, "cmdline").contains("-XX:AOTMode=record");
	}

	private static void runsFromTheLayout(long pid) {
		assertThat(read(pid, "cmdline")).contains("/app/sample-app.jar");
	}

	private static String read(long pid, String name) {
		try {
			return Files.readString(Path.of("/proc", String.valueOf(pid), name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// Of the size and the time that are known
	private static void breakUnseen(Path file) throws Exception {
		FileTime time = Files.getLastModifiedTime(file);
		Files.write(file, new byte[Math.toIntExact(Files.size(file))]);
		Files.setLastModifiedTime(file, time);
	}

	private FleetProcess start() throws Exception {
		return start("--prefork.children=2", "--prefork.startup-cache=train");
	}

	private FleetProcess start(String... arguments) throws Exception {
		return this.fleets.sample().environment("XDG_CACHE_HOME", this.caches.toString()).args(arguments).start();
	}

	private static String started(FleetProcess fleet) {
		return fleet.awaitOutput(STARTED, TIMEOUT).group(1);
	}

	private static void stop(FleetProcess fleet) throws Exception {
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(TIMEOUT)).isEqualTo(143);
		fleet.awaitNoProcess(Duration.ofSeconds(20));
	}

	private Path find(String name) throws Exception {
		return files().stream().filter((file) -> file.getFileName().toString().matches(name)).findFirst().orElseThrow();
	}

	private List<Path> files() throws Exception {
		try (Stream<Path> files = Files.walk(this.caches)) {
			return files.toList();
		}
	}

}
