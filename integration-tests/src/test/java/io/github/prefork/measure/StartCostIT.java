package io.github.prefork.measure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The processor time of a child from its launch until it is ready, with and without the
 * start-up cache.
 */
@Tag(Measurement.TAG)
class StartCostIT {

	private static final boolean AOT = Runtime.version().feature() >= 25;

	private static final Duration LONG = Duration.ofMinutes(5);

	private static final Pattern MADE = Pattern.compile("The start-up cache is ready");

	private static final Pattern EXTRACTED = Pattern.compile("The application is extracted");

	private static final Pattern READY = Pattern.compile("Child in slot 0 \\(pid (\\d+)\\) is ready");

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path caches;

	@Test
	void childWhenStartedFromTheCacheNeedsMuchLess() throws Exception {
		for (Kind kind : Kind.values()) {
			prepare(kind);
		}
		Map<Kind, List<Double>> costs = new EnumMap<>(Kind.class);
		for (int i = 0; i < Measurement.rounds(); i++) {
			for (Kind kind : Kind.values()) {
				costs.computeIfAbsent(kind, (same) -> new ArrayList<>()).add(cost(kind));
			}
		}
		double plain = Measurement.median(costs.get(Kind.PLAIN));
		costs.forEach((kind, figures) -> {
			Measurement.print("start of a child on Java %d, %s".formatted(Runtime.version().feature(), kind), "CPU s",
					figures);
			Measurement.print("%s: %.0f %% of plain".formatted(kind, 100 * Measurement.median(figures) / plain));
		});
		assertThat(Measurement.median(costs.get(Kind.AUTO)) / plain).isLessThanOrEqualTo(AOT ? 0.45 : 0.6);
		assertThat(Measurement.median(costs.get(Kind.TRAINED)) / plain).isLessThanOrEqualTo(AOT ? 0.45 : 0.5);
	}

	private void prepare(Kind kind) throws Exception {
		if (kind == Kind.PLAIN) {
			return;
		}
		// An AOT cache needs the planned exit of a child, unless the application is
		// trained
		boolean recorded = AOT && kind == Kind.AUTO;
		if (recorded) {
			runUntil(kind, EXTRACTED);
			runUntil(kind, READY);
		}
		runUntil(kind, MADE);
	}

	private void runUntil(Kind kind, Pattern line) throws Exception {
		try (FleetProcess fleet = builder(kind).start()) {
			fleet.awaitOutput(line, LONG);
			fleet.signal(fleet.pid(), "TERM");
			fleet.awaitExit(LONG);
		}
	}

	private Path directory(Kind kind) throws Exception {
		return Files.createDirectories(this.caches.resolve(kind.name()));
	}

	// Without what only the first child of a fleet does, as all others are launched
	private FleetProcessBuilder builder(Kind kind) throws Exception {
		return this.fleets.sample()
			.environment("XDG_CACHE_HOME", directory(kind).toString())
			.args("--prefork.children=1", "--prefork.startup-cache=" + kind.mode,
					"--prefork.child.jvm-args=-XX:TieredStopAtLevel=4,-Dio.github.prefork.load-classes=false");
	}

	private double cost(Kind kind) throws Exception {
		try (FleetProcess fleet = builder(kind).start()) {
			long pid = Long.parseLong(fleet.awaitOutput(READY, LONG).group(1));
			double seconds = Measurement.cpuSeconds(pid);
			assertThat(String.join("\n", fleet.output())).contains(kind.said);
			return seconds;
		}
	}

	/**
	 * The ways to start a child.
	 */
	private enum Kind {

		PLAIN("off", ""),

		AUTO("auto", "Children are started from the start-up cache"),

		TRAINED("train", "Children are started from the start-up cache");

		private final String mode;

		private final String said;

		Kind(String mode, String said) {
			this.mode = mode;
			this.said = said;
		}

	}

}
