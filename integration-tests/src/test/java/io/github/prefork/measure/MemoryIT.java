package io.github.prefork.measure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory of a fleet against that of one JVM, all with the default options of the JVM
 * and after the same load, one at a time: what processes share (PSS) counts in parts.
 */
@Tag(Measurement.TAG)
class MemoryIT {

	/** After this the master has given back what it needed for the start. */
	private static final Duration SETTLED = Duration.ofSeconds(15);

	private static final Duration LOAD = Duration.ofSeconds(20);

	private static final int REQUESTS_PER_SECOND = 300;

	private static final String[] SMALL_MASTER = { "-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1" };

	private static final Pattern ALONE = Pattern.compile("Netty started on port (\\d+) \\(http\\)");

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	private final List<Double> alone = new ArrayList<>();

	private final List<Double> two = new ArrayList<>();

	private final List<Double> four = new ArrayList<>();

	private final List<Double> master = new ArrayList<>();

	private final List<Double> liveHeap = new ArrayList<>();

	private final List<Double> smallMaster = new ArrayList<>();

	@Test
	void fleetNeedsNoMoreThanOneJvm() throws Exception {
		List<Double> aloneIdle = new ArrayList<>();
		List<Double> twoIdle = new ArrayList<>();
		List<Double> fourIdle = new ArrayList<>();
		for (int i = 0; i < Measurement.rounds(); i++) {
			measure(start("--prefork.enabled=false").port((pid) -> ALONE), aloneIdle, this.alone);
			this.master.add(measure(start("--prefork.children=2"), twoIdle, this.two));
			measure(start("--prefork.children=4"), fourIdle, this.four);
			this.smallMaster.add(measure(
					start("--prefork.children=2", "--prefork.child.heap=256MB",
							"--prefork.child.jvm-args=-XX:TieredStopAtLevel=4")
						.jvmOptions(SMALL_MASTER),
					new ArrayList<>(), new ArrayList<>()));
		}
		Measurement.print("memory of one JVM, idle", "MB", aloneIdle);
		Measurement.print("memory of a fleet of 2, idle", "MB", twoIdle);
		Measurement.print("memory of a fleet of 4, idle", "MB", fourIdle);
		Measurement.print("memory of one JVM, after load", "MB", this.alone);
		Measurement.print("memory of a fleet of 2, after load", "MB", this.two);
		Measurement.print("memory of a fleet of 4, after load", "MB", this.four);
		Measurement.print("memory of the idle master", "MB", this.master);
		Measurement.print("live heap of the master", "MB", this.liveHeap);
		Measurement.print("memory of the idle master with the options for a small one", "MB", this.smallMaster);
		Measurement.print("memory of a fleet of 2 after load / that of one JVM: %.2f, of a fleet of 4: %.2f"
			.formatted(ratio(this.two), ratio(this.four)));
		assertThat(ratio(this.two)).isLessThanOrEqualTo(1.0);
		assertThat(Measurement.median(this.master)).isLessThanOrEqualTo(190);
		assertThat(Measurement.median(this.liveHeap)).isLessThanOrEqualTo(40);
		assertThat(Measurement.median(this.smallMaster)).isLessThanOrEqualTo(130);
	}

	private double ratio(List<Double> fleet) {
		return Measurement.median(fleet) / Measurement.median(this.alone);
	}

	private FleetProcessBuilder start(String... arguments) {
		return this.fleets.sample().plainJvm().args(arguments);
	}

	/**
	 * Measure idle and after load.
	 * @param builder what to start
	 * @param idle takes the memory of all processes when idle
	 * @param loaded takes it after the load
	 * @return that of the idle master
	 */
	private double measure(FleetProcessBuilder builder, List<Double> idle, List<Double> loaded) throws Exception {
		try (FleetProcess fleet = builder.start()) {
			int port = fleet.port();
			settle();
			double master = megabytes(List.of(fleet.pid()));
			idle.add(megabytes(fleet.livePids()));
			LoadReport report = LoadClient.run(LoadPlan.to(port)
				.path("/alloc?kb=256")
				.mode(ConnectionMode.KEEP_ALIVE)
				.rate(REQUESTS_PER_SECOND)
				.duration(LOAD)
				.build());
			assertThat(report.failures()).as(report.toString()).isEmpty();
			loaded.add(megabytes(fleet.livePids()));
			if (loaded == this.two) {
				this.liveHeap.add(liveHeap(fleet.pid()));
			}
			return master;
		}
	}

	private static void settle() {
		Instant end = Instant.now().plus(SETTLED);
		Awaitility.await().atMost(SETTLED.plusSeconds(5)).until(() -> !Instant.now().isBefore(end));
	}

	private static double megabytes(List<Long> pids) throws IOException {
		long kilobytes = 0;
		for (long pid : pids) {
			kilobytes += Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"))
				.stream()
				.filter((line) -> line.startsWith("Pss:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
		}
		return kilobytes / 1024.0;
	}

	private static double liveHeap(long pid) throws IOException, InterruptedException {
		String tool = System.getProperty("java.home") + File.separator + "bin" + File.separator + "jcmd";
		Process process = new ProcessBuilder(tool, Long.toString(pid), "GC.class_histogram").redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		process.waitFor();
		return output.lines()
			.filter((line) -> line.startsWith("Total"))
			.mapToDouble((line) -> Double.parseDouble(line.strip().split("\\s+")[2]) / (1 << 20))
			.findFirst()
			.orElseThrow();
	}

}
