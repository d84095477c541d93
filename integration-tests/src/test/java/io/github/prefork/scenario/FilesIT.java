package io.github.prefork.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.prefork.fleet.AcceptedConnections;
import io.github.prefork.fleet.Descriptors;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.scenario.faulty.FileWritingApplication;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No two live processes write one file, and restarts do not add files without end.
 */
class FilesIT {

	private static final int WRITTEN = 0x1 | 0x2;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void filesAreSharedByNoTwoLiveProcessesAndBounded() throws Exception {
		FleetProcess fleet = this.fleets.mainClass(FileWritingApplication.class.getName())
			.jvmOptions("-Xlog:gc:file=gc.log::filecount=1")
			.environment("PORTFILE", "the.port")
			.args("--prefork.children=1", "--logging.file.name=app.log", "--spring.pid.file=the.pid",
					"--spring.main.banner-mode=console")
			.start();
		int management = fleet.managementPort();
		Path work = fleet.workingDirectory();
		// The port is told a moment before its file is written
		Awaitility.await()
			.atMost(Waiting.STOP)
			.untilAsserted(
					() -> assertThat(work.resolve("the-management.port")).hasContent(String.valueOf(management)));
		Awaitility.await()
			.atMost(Waiting.STOP)
			.untilAsserted(() -> assertThat(written(fleet, work).keySet()).containsExactly("app-0.log", "app.log",
					"gc-0.log", "gc.log"));
		assertThat(work.resolve("the.port")).hasContent(String.valueOf(fleet.port()));

		long old = fleet.childPids().get(0);
		CompletableFuture.runAsync(() -> get(fleet, "/slow?ms=60000"));
		Awaitility.await("request in flight")
			.atMost(Waiting.STOP)
			.until(() -> !AcceptedConnections.of(old, fleet.port()).isEmpty());
		int from = fleet.output().size();
		fleet.signal(fleet.pid(), "HUP");
		Waiting.line(fleet, "slot 0 .*is ready", from);
		assertThat(fleet.childPids()).as("the old one still answers its request").hasSize(2).contains(old);
		assertThat(written(fleet, work))
			.containsOnlyKeys("app-0-2.log", "app-0.log", "app.log", "gc-0-2.log", "gc-0.log", "gc.log")
			.allSatisfy((file, pids) -> assertThat(pids).as(file).hasSize(1));
		fleet.signal(old, "KILL");
		Waiting.line(fleet, "Rollout to generation 1 is complete", from);

		for (int time = 0; time < 2; time++) {
			int seen = fleet.output().size();
			fleet.signal(fleet.childPids().get(0), "KILL");
			Waiting.line(fleet, "replaces the one with pid", seen);
		}
		assertThat(names(work)).allMatch((name) -> name.matches("(app|gc)(-0(-2)?)?\\.log(\\.0)?|the.*\\.p(id|ort)"));
		assertThat(work.resolve("the.pid")).hasContent(String.valueOf(fleet.pid()));
		assertThat(Waiting.linesOf(fleet, ":: Spring Boot ::")).as("banner").hasSize(1);
		assertThat(Waiting.linesOf(fleet, "[slot 0] ")).as("lines of children").isNotEmpty();
		assertThat(Waiting.linesOf(fleet, "[master] ")).as("lines of the master").isNotEmpty();
	}

	private static String get(FleetProcess fleet, String path) {
		try {
			return fleet.get(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Map<String, List<Long>> written(FleetProcess fleet, Path directory) throws IOException {
		Path real = directory.toRealPath();
		Map<String, List<Long>> written = new TreeMap<>();
		for (long pid : fleet.livePids()) {
			for (Map.Entry<Integer, String> descriptor : Descriptors.of(pid).entrySet()) {
				Path file = Path.of(descriptor.getValue());
				if (file.startsWith(real) && isWritten(pid, descriptor.getKey())) {
					written.merge(file.getFileName().toString(), List.of(pid),
							(some, more) -> Stream.concat(some.stream(), more.stream()).distinct().toList());
				}
			}
		}
		return written;
	}

	private static boolean isWritten(long pid, int descriptor) {
		try {
			return Files.readAllLines(Path.of("/proc/" + pid + "/fdinfo/" + descriptor))
				.stream()
				.filter((line) -> line.startsWith("flags:"))
				.anyMatch((line) -> (Integer.parseUnsignedInt(line.substring("flags:".length()).trim(), 8)
						& WRITTEN) != 0);
		}
		catch (IOException ex) {
			// Closed meanwhile
			return false;
		}
	}

	private static List<String> names(Path directory) throws IOException {
		return list(directory).stream().map((file) -> file.getFileName().toString()).toList();
	}

	private static List<Path> list(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.toList();
		}
	}

}
