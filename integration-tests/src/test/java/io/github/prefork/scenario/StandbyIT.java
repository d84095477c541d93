package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A standby takes the place of a child that is lost.
 */
@Tag(Scenario.TAG)
class StandbyIT {

	private static final int BEFORE = 50;

	private static final int AFTERWARDS = Scenario.count(150, 1500);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void killedChildUnderLoadIsReplacedByTheStandbySoonerThanAChildBoots() throws Exception {
		FleetProcess fleet = start(1);
		// A fleet more is too dear for the ordinary build
		List<FleetProcess> others = (Scenario.full()) ? List.of(start(0)) : List.of();
		Duration boot = fastestBoot(fleet);
		Scenario.run("7 kill -9 with a standby", () -> {
			Killed with = killOneInASlot(fleet);
			assertThat(with.repaired()).isLessThan(boot);
			StringBuilder figures = new StringBuilder("with a standby ").append(with);
			for (FleetProcess other : others) {
				// Or the boot of the next one would slow this one down
				awaitStandby(fleet);
				Killed without = killUnderLoad(other, other.childPids().get(0));
				assertThat(with.repaired()).isLessThan(without.repaired());
				figures.append("; without ").append(without);
			}
			return figures.append("; a boot alone takes %d ms".formatted(boot.toMillis())).toString();
		});
	}

	private FleetProcess start(int standby) throws Exception {
		FleetProcess fleet = this.fleets.sample()
			.args(Scenario.childrenArgument(), "--prefork.standby=" + standby, "--prefork.recovery.threshold=50")
			.start();
		Waiting.warmUp(fleet.port());
		return fleet;
	}

	private static Killed killOneInASlot(FleetProcess fleet) throws Exception {
		awaitStandby(fleet);
		long standby = standby(fleet, 0);
		long victim = fleet.childPids().stream().filter((pid) -> pid != standby).findFirst().orElseThrow();
		int from = fleet.output().size();
		Killed killed = killUnderLoad(fleet, victim);
		Waiting.line(fleet, "Child in slot \\d \\(pid %d\\) replaces the one with pid %d".formatted(standby, victim),
				from);
		assertThat(standby(fleet, from)).as("the next standby").isNotEqualTo(standby);
		return killed;
	}

	private static void awaitStandby(FleetProcess fleet) {
		Awaitility.await("standby")
			.atMost(Waiting.START)
			.until(() -> Waiting.gauge(fleet, "prefork.children", "state:standby") == 1);
	}

	private static Killed killUnderLoad(FleetProcess fleet, long victim) throws IOException, InterruptedException {
		KilledChildren killed = new KilledChildren();
		try (LoadRun run = LoadClient.start(LoadPlan.to(fleet.port())
			.path("/slow?ms=5")
			.rate(300)
			.connections(32)
			.duration(Duration.ofMinutes(5))
			.build())) {
			awaitRequests(run, BEFORE);
			Duration repaired = killed.kill(fleet, victim);
			Waiting.readyChildren(fleet, Scenario.children());
			awaitRequests(run, run.finished() + AFTERWARDS);
			LoadReport report = run.stop();
			System.out.println(report);
			killed.assertOnlyTheirRequestsFailed(report);
			return new Killed(repaired, report);
		}
	}

	private static void awaitRequests(LoadRun run, long count) {
		Awaitility.await("load").atMost(Waiting.STOP).until(() -> run.finished() > count);
	}

	/** The standby that was launched last: those before have a slot. */
	private static long standby(FleetProcess fleet, int from) {
		Pattern launched = Pattern.compile("Standby \\(pid (\\d+)\\) launched");
		fleet.awaitOutput(launched, from, Waiting.START);
		return fleet.output()
			.stream()
			.flatMap((line) -> launched.matcher(line).results())
			.mapToLong((found) -> Long.parseLong(found.group(1)))
			.reduce(0, (before, last) -> last);
	}

	/** The first child boots alone. */
	private static Duration fastestBoot(FleetProcess fleet) {
		MatchResult found = fleet.awaitOutput(Pattern.compile("Child in slot 0 .* is ready after ([\\d.]+) s"),
				Waiting.START);
		return Duration.ofMillis((long) (1000 * Double.parseDouble(found.group(1))));
	}

	/**
	 * What came of it.
	 *
	 * @param repaired the time until as many children were ready as before
	 * @param report on the requests, each on a new connection
	 */
	private record Killed(Duration repaired, LoadReport report) {

		@Override
		public String toString() {
			return "all %d are ready again after %d ms, new %d requests, %d failed (accepted by the killed child), p99 %d ms"
				.formatted(Scenario.children(), this.repaired.toMillis(), this.report.sent(),
						this.report.failures().size(), this.report.latencies().p99().toMillis());
		}

	}

}
