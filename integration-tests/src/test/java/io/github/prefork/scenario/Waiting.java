package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waits for what a fleet does.
 */
final class Waiting {

	static final Duration START = Duration.ofSeconds(90);

	static final Duration STOP = Duration.ofSeconds(20);

	private Waiting() {
	}

	static void line(FleetProcess fleet, String pattern, int from) {
		fleet.awaitOutput(Pattern.compile(pattern), from, START);
	}

	static void readyChildren(FleetProcess fleet, int count) {
		Awaitility.await("ready children")
			.atMost(START)
			.pollInterval(Duration.ofMillis(20))
			.untilAsserted(() -> assertThat(gauge(fleet, "prefork.children", "state:ready")).isEqualTo(count));
	}

	/** Wait until the port has answered some requests. */
	static void answers(int port, int count) throws InterruptedException {
		assertThat(LoadClient.run(LoadPlan.to(port).requests(count).build()).ok()).isEqualTo(count);
	}

	/** JVMs that have just started are slow for reasons of their own. */
	static void warmUp(int port) throws InterruptedException {
		LoadClient.run(LoadPlan.to(port).path("/slow?ms=5").rate(200).connections(32).requests(600).build());
	}

	static double gauge(FleetProcess fleet, String name, String... tags) throws IOException {
		OptionalDouble value = fleet.metric(name, tags);
		return value.orElse(Double.NaN);
	}

	/** Whether a line tells of a short stall, which a busy machine may cause. */
	static boolean tellsStall(String line) {
		return line.contains(" is stalled for ") || line.contains(" is back after ");
	}

	static List<String> linesOf(FleetProcess fleet, String part) {
		return fleet.output().stream().filter((line) -> line.contains(part)).toList();
	}

}
