package io.github.prefork.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

import io.github.prefork.fleet.ControlGroup;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Many processors and little memory: without a word of the user the fleet is as large as
 * memory allows, and stays within it under load.
 */
class SmallMemoryIT {

	private static final String LIMIT = "1g";

	private static final double LIMIT_MEGABYTES = 1024;

	private static final int REQUESTS = 3000;

	private static final Duration BETWEEN = Duration.ofMillis(50);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void fleetInLittleMemoryHasFewChildrenAndStaysWithinItUnderLoad() throws Exception {
		FleetProcess fleet = builder().jvmOptions("-XX:MaxRAM=" + LIMIT).start();
		int port = fleet.port();
		assertSize(fleet);
		List<Long> children = fleet.childPids();
		assertThat(children).hasSize(2);
		double highest = 0;
		try (LoadRun run = LoadClient.start(load(port))) {
			while (run.finished() < REQUESTS) {
				highest = Math.max(highest, megabytes(fleet.livePids()));
				LockSupport.parkNanos(BETWEEN.toNanos());
			}
			LoadReport report = run.await();
			assertThat(report.failures()).as(report.toString()).isEmpty();
		}
		assertSame(fleet, children);
		highest = Math.max(highest, megabytes(fleet.livePids()));
		System.out.println("A fleet within 1024 MB uses up to %.0f MB under load".formatted(highest));
		// A master and two children are no less than this
		assertThat(highest).isBetween(200.0, LIMIT_MEGABYTES);
	}

	@Test
	void fleetInAControlGroupOfLittleMemoryLosesNobodyUnderLoadAndInARollout() throws Exception {
		Optional<ControlGroup> limited = ControlGroup.withMemory((long) LIMIT_MEGABYTES << 20);
		assumeThat(limited).as("a control group with a limit of memory").isPresent();
		try (ControlGroup group = limited.get(); FleetProcess fleet = builder().controlGroup(group).start()) {
			int port = fleet.port();
			assertSize(fleet);
			Waiting.line(fleet, "All 2 children are ready", 0);
			List<Long> children = fleet.childPids();
			LoadReport report = LoadClient.run(load(port));
			assertThat(report.failures()).as(report.toString()).isEmpty();
			assertSame(fleet, children);
			// One more while one is replaced
			fleet.signal(fleet.pid(), "HUP");
			Waiting.line(fleet, "Rollout to generation 1 is complete", 0);
			assertThat(Waiting.linesOf(fleet, " has ended: ")).isEmpty();
			assertThat(group.kills()).isZero();
			System.out.println("A fleet within 1024 MB has used up to %d MB".formatted(group.highest() >> 20));
		}
	}

	private FleetProcessBuilder builder() {
		// Empty, so that the default decides, and not the sample
		return this.fleets.sample().plainJvm().jvmOptions("-XX:ActiveProcessorCount=32").args("--prefork.children=");
	}

	private static LoadPlan load(int port) {
		return LoadPlan.to(port)
			.path("/alloc?kb=64")
			.mode(ConnectionMode.KEEP_ALIVE)
			.connections(32)
			.rate(1000)
			.requests(REQUESTS)
			.timeout(Duration.ofMinutes(1))
			.build();
	}

	private static void assertSize(FleetProcess fleet) {
		assertThat(Waiting.linesOf(fleet, "Prefork master with ")).singleElement()
			.asString()
			.contains("with 2 children (memory of 1024 MiB", "32 processors",
					"of each child 126 MiB with room for one more while one is replaced");
	}

	private static void assertSame(FleetProcess fleet, List<Long> children) {
		assertThat(fleet.childPids()).containsExactlyInAnyOrderElementsOf(children);
		assertThat(Waiting.linesOf(fleet, " has ended: ")).isEmpty();
	}

	// What processes share counts in each of them, so this is more than they use
	private static double megabytes(List<Long> pids) {
		return pids.stream().mapToLong(SmallMemoryIT::kilobytes).sum() / 1024.0;
	}

	private static long kilobytes(long pid) {
		try {
			return Files.readAllLines(Path.of("/proc/" + pid + "/status"))
				.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
		}
		catch (IOException ex) {
			// Ended meanwhile; that the children live is seen in the end
			return 0;
		}
	}

}
