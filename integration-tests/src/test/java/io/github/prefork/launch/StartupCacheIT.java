package io.github.prefork.launch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The start-up cache: made by the first fleet, used by the second one, and left alone by
 * the third when it is broken.
 */
class StartupCacheIT {

	private static final Duration TIMEOUT = Duration.ofMinutes(4);

	private static final Pattern STARTED = Pattern.compile("Children are started (.*)");

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
			second.port();
			assertThat(second.childPids()).hasSize(1).allSatisfy((pid) -> {
				assertThat(Path.of("/proc/" + pid + "/maps")).content().contains(archive.toString());
				assertThat(Path.of("/proc/" + pid + "/cmdline")).content().contains("/app/sample-app.jar");
			});
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

	private FleetProcess start() throws Exception {
		return this.fleets.sample()
			.environment("XDG_CACHE_HOME", this.caches.toString())
			.args("--prefork.children=1", "--prefork.startup-cache=train")
			.start();
	}

	private static String started(FleetProcess fleet) {
		return fleet.awaitOutput(STARTED, TIMEOUT).group(1);
	}

	private static void stop(FleetProcess fleet) throws Exception {
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(TIMEOUT)).isEqualTo(143);
		fleet.awaitNoProcess(Duration.ofSeconds(5));
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
