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
import java.util.function.Function;
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
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The memory of a fleet against that of one JVM, all with the default options of the JVM
 * and after the same loads, one at a time: what processes share (PSS) counts in parts.
 * How much memory a JVM has taken depends on the load, so there is a light one, a brisk
 * one after it, and one without pauses, each a fixed number of requests. Only after the
 * last one a fleet has to need no more than one JVM: with pauses, the collector of one
 * JVM gets along with so little that no two processes could need less, and how little
 * differs by half from start to start.
 */
@Tag(Measurement.TAG)
class MemoryIT {

	/**
	 * After this all have given back what they needed for a while: for the start, or to
	 * compile what the load has shown to be worth it.
	 */
	private static final Duration SETTLED = Duration.ofSeconds(15);

	private static final Duration START = Duration.ofMinutes(4);

	private static final Load LIGHT = new Load(300, 6_000);

	private static final Load BRISK = new Load(4000, 80_000);

	/** More than can be done, so that it is done as fast as it can be. */
	private static final Load HEAVY = new Load(50_000, 100_000);

	private static final String[] SMALL_MASTER = { "-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1" };

	private static final Pattern ALONE = Pattern.compile("Netty started on port (\\d+) \\(http\\)");

	@TempDir
	private Path caches;

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	private final Figures alone = new Figures("one JVM");

	private final Figures two = new Figures("a fleet of 2");

	private final Figures four = new Figures("a fleet of 4");

	private final Figures cached = new Figures("a fleet of 2 from the start-up cache");

	private final List<Double> liveHeap = new ArrayList<>();

	private final List<Double> smallMaster = new ArrayList<>();

	@Test
	void fleetNeedsNoMoreThanOneJvm() throws Exception {
		fillCache();
		for (int i = 0; i < Measurement.rounds(); i++) {
			measure(start("--prefork.enabled=false").port((pid) -> ALONE), this.alone);
			measure(start("--prefork.children=2"), this.two);
			measure(startCached(), this.cached);
			measure(start("--prefork.children=4"), this.four);
			measureSmallMaster();
		}
		List.of(this.alone, this.two, this.cached, this.four).forEach(Figures::print);
		Measurement.print("memory of the idle master", "MB", this.two.master());
		Measurement.print("live heap of the master after load", "MB", this.liveHeap);
		Measurement.print("memory of the idle master with the options for a small one", "MB", this.smallMaster);
		for (Figures fleet : List.of(this.two, this.cached, this.four)) {
			Measurement.print("memory of %s / that of one JVM: %.2f idle, after light load %.2f, brisk %.2f, heavy %.2f"
				.formatted(fleet.what(), ratio(fleet, Figures::idle), ratio(fleet, Figures::light),
						ratio(fleet, Figures::brisk), ratio(fleet, Figures::heavy)));
		}
		assertThat(Measurement.median(this.two.master())).isLessThanOrEqualTo(190);
		assertThat(Measurement.median(this.liveHeap)).isLessThanOrEqualTo(40);
		assertThat(Measurement.median(this.smallMaster)).isLessThanOrEqualTo(130);
		assertThat(ratio(this.two, Figures::heavy)).isLessThanOrEqualTo(1.0);
		assertThat(ratio(this.cached, Figures::heavy)).isLessThanOrEqualTo(1.0);
	}

	private void fillCache() throws IOException {
		try (FleetProcess fleet = startCached().start()) {
			fleet.awaitOutput(Pattern.compile("The start-up cache is ready"), START);
		}
	}

	private FleetProcessBuilder startCached() {
		return start("--prefork.children=2", "--prefork.startup-cache=train").environment("XDG_CACHE_HOME",
				this.caches.toString());
	}

	private double ratio(Figures fleet, Function<Figures, List<Double>> when) {
		return Measurement.median(when.apply(fleet)) / Measurement.median(when.apply(this.alone));
	}

	private FleetProcessBuilder start(String... arguments) {
		return this.fleets.sample().plainJvm().startTimeout(START).args("--prefork.boot-timeout=3m").args(arguments);
	}

	private void measure(FleetProcessBuilder builder, Figures figures) throws Exception {
		try (FleetProcess fleet = builder.start()) {
			int port = fleet.port();
			settle();
			figures.master().add(megabytes(List.of(fleet.pid())));
			figures.idle().add(megabytes(fleet.livePids()));
			load(port, LIGHT);
			settle();
			figures.light().add(megabytes(fleet.livePids()));
			load(port, BRISK);
			settle();
			figures.brisk().add(megabytes(fleet.livePids()));
			load(port, HEAVY);
			settle();
			figures.heavy().add(megabytes(fleet.livePids()));
			if (figures == this.two) {
				this.liveHeap.add(liveHeap(fleet.pid()));
			}
		}
	}

	private void measureSmallMaster() throws Exception {
		try (FleetProcess fleet = start("--prefork.children=2", "--prefork.child.heap=256MB",
				"--prefork.child.jvm-args=-XX:TieredStopAtLevel=4")
			.jvmOptions(SMALL_MASTER)
			.start()) {
			fleet.port();
			settle();
			this.smallMaster.add(megabytes(List.of(fleet.pid())));
		}
	}

	private static void load(int port, Load load) throws InterruptedException {
		LoadReport report = LoadClient.run(LoadPlan.to(port)
			.path("/alloc?kb=64")
			.mode(ConnectionMode.KEEP_ALIVE)
			.connections(32)
			.rate(load.rate())
			.requests(load.requests())
			.timeout(Duration.ofMinutes(1))
			.build());
		assertThat(report.failures()).as(report.toString()).isEmpty();
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

	/**
	 * Figures in MB.
	 *
	 * @param what of what they are
	 * @param master the process that was started, idle
	 * @param idle all processes, idle
	 * @param light all processes, after a light load
	 * @param brisk all processes, after a brisk load
	 * @param heavy all processes, after a heavy load
	 */
	private record Figures(String what, List<Double> master, List<Double> idle, List<Double> light, List<Double> brisk,
			List<Double> heavy) {

		Figures(String what) {
			this(what, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		}

		void print() {
			Measurement.print("memory of " + this.what + ", idle", "MB", this.idle);
			Measurement.print("memory of " + this.what + ", after light load", "MB", this.light);
			Measurement.print("memory of " + this.what + ", after brisk load", "MB", this.brisk);
			Measurement.print("memory of " + this.what + ", after heavy load", "MB", this.heavy);
		}

	}

	/**
	 * A load.
	 *
	 * @param rate the requests in a second, if they can be answered
	 * @param requests how many in all
	 */
	private record Load(int rate, long requests) {

	}

}
