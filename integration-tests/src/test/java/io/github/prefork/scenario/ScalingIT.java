package io.github.prefork.scenario;

import java.time.Duration;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTTIN and SIGTTOU to the master change the number of children, and a standby takes
 * the place of one that is lost.
 */
class ScalingIT {

	private static final Duration FOR_LONG = Duration.ofMinutes(5);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void scalingUnderLoadLosesNothing() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2", "--prefork.max-children=4").start();
		Waiting.warmUp(fleet.port());
		try (LoadRun kept = load(fleet, ConnectionMode.KEEP_ALIVE); LoadRun fresh = load(fleet, ConnectionMode.NEW)) {
			Awaitility.await().atMost(Waiting.STOP).until(() -> kept.finished() > 50 && fresh.finished() > 50);
			scale(fleet, "TTIN", 2, 4);
			scale(fleet, "TTOU", 3, 1);
			assertThat(fleet.childPids()).hasSize(1);
			scale(fleet, "TTIN", 1, 2);
			LoadReport first = kept.stop();
			LoadReport second = fresh.stop();
			System.out.println(first + System.lineSeparator() + second);
			assertThat(first.failures()).as(first.toString()).isEmpty();
			assertThat(second.failures()).as(second.toString()).isEmpty();
		}
		assertThat(fleet.childPids()).hasSize(2);
		assertThat(Waiting.gauge(fleet, "prefork.children.desired")).isEqualTo(2);
		assertThat(Waiting.gauge(fleet, "prefork.child.up", "slot:1")).isEqualTo(1);
		assertThat(Waiting.gauge(fleet, "prefork.child.up", "slot:3")).isNaN();
		assertThat(Waiting.gauge(fleet, "prefork.child.accept.queue", "slot:3")).isZero();
		assertThat(Waiting.gauge(fleet, "prefork.exits", "reason:planned")).isEqualTo(3);
	}

	@Test
	void killedChildIsReplacedByTheStandby() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2", "--prefork.standby=1").start();
		Awaitility.await()
			.atMost(Waiting.START)
			.until(() -> Waiting.gauge(fleet, "prefork.children", "state:standby") == 1);
		long standby = pid(fleet, "Standby \\(pid (\\d+)\\) launched");
		long victim = pid(fleet, "Child in slot 1 \\(pid (\\d+)\\) launched");
		int from = fleet.output().size();
		long killed = System.nanoTime();
		fleet.signal(victim, "KILL");
		Waiting.line(fleet, "Child in slot 1 \\(pid " + standby + "\\) replaces the one with pid " + victim, from);
		System.out.println("Two children are ready again after "
				+ Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms, with a standby");
		Waiting.answers(fleet.port(), 50);
		Waiting.line(fleet, "Standby \\(pid \\d+\\) launched", from);
	}

	private LoadRun load(FleetProcess fleet, ConnectionMode mode) {
		return LoadClient.start(LoadPlan.to(fleet.port())
			.path("/slow?ms=5")
			.mode(mode)
			.rate(60)
			.connections(16)
			.duration(FOR_LONG)
			.build());
	}

	private void scale(FleetProcess fleet, String signal, int times, int children) {
		int from = fleet.output().size();
		for (int i = 0; i < times; i++) {
			int before = fleet.output().size();
			fleet.signal(fleet.pid(), signal);
			// The kernel does not count signals that nobody has seen yet
			Waiting.line(fleet, "SIG" + signal, before);
		}
		Waiting.line(fleet, "The number of children is " + children + " now", from);
	}

	private static long pid(FleetProcess fleet, String pattern) {
		MatchResult found = fleet.awaitOutput(Pattern.compile(pattern), Waiting.START);
		return Long.parseLong(found.group(1));
	}

}
