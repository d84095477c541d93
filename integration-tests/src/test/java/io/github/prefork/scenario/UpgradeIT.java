package io.github.prefork.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.prefork.aside.ApplicationJar;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.scenario.faulty.FaultyApplication;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new version is deployed: its jar is put at the path of the old one by a rename, and
 * HUP is sent to the master.
 */
@Tag(Scenario.TAG)
class UpgradeIT {

	private static final int ASKED = 200;

	private static final Set<Clients> CLIENTS = EnumSet.of(Clients.NEW, Clients.KEEP_ALIVE);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	private int generation;

	@Test
	void hangupAfterTheJarWasReplacedUnderLoadDeploysItUnlessItCannotBoot() throws Exception {
		Path jar = this.directory.resolve("application.jar");
		put("0", jar);
		FleetProcess fleet = this.fleets.jar(jar)
			.args(Scenario.childrenArgument(), "--management.endpoints.web.exposure.include=metrics")
			.start();
		int port = fleet.port();
		fleet.managementPort();
		Scenario.run("3 a jar that cannot boot", () -> {
			Set<String> version = versions(fleet);
			List<Long> before = fleet.childPids();
			int from = fleet.output().size();
			try (MixedLoad load = new MixedLoad(port, CLIENTS)) {
				put("broken", jar);
				fleet.signal(fleet.pid(), "HUP");
				String said = fleet.awaitOutput(Pattern
					.compile("Rollout to generation %d has (failed at slot 0 .*planned failure of a replacement)"
						.formatted(++this.generation)), from, Waiting.START)
					.group(1);
				assertThat(fleet.childPids()).isEqualTo(before);
				String figures = load.stop();
				assertThat(versions(fleet)).isEqualTo(version).hasSize(1);
				assertThat(Waiting.gauge(fleet, "prefork.children", "state:ready")).isEqualTo(Scenario.children());
				return figures + "; " + said;
			}
		});
		Scenario.run("4 an upgrade", () -> {
			Set<String> version = versions(fleet);
			List<Long> before = fleet.childPids();
			int from = fleet.output().size();
			try (MixedLoad load = new MixedLoad(port, CLIENTS)) {
				String next = String.valueOf(++this.generation);
				put(next, jar);
				fleet.signal(fleet.pid(), "HUP");
				Waiting.line(fleet, "Rollout to generation %s is complete".formatted(next), from);
				assertThat(versions(fleet)).containsExactly(next);
				assertThat(fleet.childPids()).hasSize(Scenario.children()).doesNotContainAnyElementsOf(before);
				return "from version %s to %s: %s".formatted(version, next, load.stop());
			}
		});
	}

	private void put(String version, Path jar) throws IOException {
		Path resources = Files.createDirectories(this.directory.resolve("resources"));
		Files.writeString(resources.resolve("version.txt"), version);
		Path next = ApplicationJar.of(FaultyApplication.class)
			.withClasses(resources)
			.write(this.directory.resolve("next.jar"));
		Files.move(next, jar, StandardCopyOption.ATOMIC_MOVE);
	}

	/** Ask on new connections, so often that every child has answered. */
	private static Set<String> versions(FleetProcess fleet) throws IOException {
		Set<String> versions = new HashSet<>();
		for (int count = 0; count < ASKED; count++) {
			versions.add(fleet.get("/version"));
		}
		return versions;
	}

}
