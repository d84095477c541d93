package io.github.prefork.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many processors and little memory: without a word of the user the fleet is as large as
 * memory allows, and stays within it under load.
 */
class SmallMemoryIT {

	private static final String LIMIT = "1g";

	private static final double LIMIT_MEGABYTES = 1024;

	private static final int REQUESTS = 3000;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void fleetInLittleMemoryHasFewChildrenAndStaysWithinItUnderLoad() throws Exception {
		FleetProcess fleet = this.fleets.sample()
			.jvmOptions("-XX:MaxRAM=" + LIMIT, "-XX:ActiveProcessorCount=32")
			// Empty, so that the default decides, and not the sample
			.args("--prefork.children=")
			.start();
		int port = fleet.port();
		assertThat(Waiting.linesOf(fleet, "Prefork master with ")).singleElement()
			.asString()
			.contains("with 2 children (memory of 1024 MiB", "32 processors",
					"of each child 126 MiB with room for one more while one is replaced");
		List<Long> children = fleet.childPids();
		assertThat(children).hasSize(2);
		LoadReport report = LoadClient.run(LoadPlan.to(port)
			.path("/alloc?kb=64")
			.mode(ConnectionMode.KEEP_ALIVE)
			.connections(32)
			.rate(1000)
			.requests(REQUESTS)
			.timeout(Duration.ofMinutes(1))
			.build());
		assertThat(report.failures()).as(report.toString()).isEmpty();
		assertThat(fleet.childPids()).containsExactlyInAnyOrderElementsOf(children);
		assertThat(Waiting.linesOf(fleet, " has ended: ")).isEmpty();
		double used = megabytes(fleet.livePids());
		System.out.println("A fleet within 1024 MB uses %.0f MB after load".formatted(used));
		assertThat(used).isLessThan(LIMIT_MEGABYTES);
	}

	// What processes share counts in each of them, so this is more than they use
	private static double megabytes(List<Long> pids) throws IOException {
		long kilobytes = 0;
		for (long pid : pids) {
			kilobytes += Files.readAllLines(Path.of("/proc/" + pid + "/status"))
				.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
		}
		return kilobytes / 1024.0;
	}

}
