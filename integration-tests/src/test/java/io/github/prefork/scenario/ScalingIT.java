package io.github.prefork.scenario;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetResponse;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * SIGTTIN and SIGTTOU to the master, and the endpoint, change the number of children.
 */
@Tag(Scenario.TAG)
class ScalingIT {

	private static final Set<Clients> CLIENTS = EnumSet.of(Clients.NEW, Clients.KEEP_ALIVE);

	private static final int RATE = Scenario.count(120, 300);

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	private int exits;

	@Test
	void scalingUnderLoadLosesNothing() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2", "--prefork.max-children=4").start();
		Waiting.warmUp(fleet.port());
		Scenario.run("6 scaling 2 -> 4 -> 1 -> 2", 2, () -> {
			try (MixedLoad load = new MixedLoad(fleet.port(), CLIENTS, RATE)) {
				long four = scale(fleet, "TTIN", 2, 4);
				assertThat(fleet.childPids()).hasSize(4);
				long one = scale(fleet, "TTOU", 3, 1);
				assertThat(fleet.childPids()).hasSize(1);
				long two = scaleByEndpoint(fleet, 2);
				assertThat(fleet.childPids()).hasSize(2);
				return "to 4 by SIGTTIN in %d ms, to 1 by SIGTTOU in %d ms, to 2 by the endpoint in %d ms: %s"
					.formatted(four, one, two, load.stop());
			}
			finally {
				this.exits += 3;
			}
		});
		assertThat(Waiting.gauge(fleet, "prefork.children.desired")).isEqualTo(2);
		assertThat(Waiting.gauge(fleet, "prefork.child.up", "slot:1")).isEqualTo(1);
		assertThat(Waiting.gauge(fleet, "prefork.child.up", "slot:3")).isNaN();
		assertThat(Waiting.gauge(fleet, "prefork.child.accept.queue", "slot:3")).isZero();
		assertThat(Waiting.gauge(fleet, "prefork.exits", "reason:planned")).isEqualTo(this.exits);
	}

	private static long scale(FleetProcess fleet, String signal, int times, int children) {
		long begin = System.nanoTime();
		int from = fleet.output().size();
		for (int i = 0; i < times; i++) {
			int before = fleet.output().size();
			fleet.signal(fleet.pid(), signal);
			// The kernel does not count signals that nobody has seen yet
			Waiting.line(fleet, "SIG" + signal, before);
		}
		return awaitScaled(fleet, children, from, begin);
	}

	private static long scaleByEndpoint(FleetProcess fleet, int children) throws IOException {
		long begin = System.nanoTime();
		int from = fleet.output().size();
		FleetResponse response = fleet.manage("POST", "/actuator/prefork/scale?wait=0",
				"{\"children\":%d}".formatted(children));
		assertThat(response.status()).as(response.body()).isEqualTo(202);
		return awaitScaled(fleet, children, from, begin);
	}

	private static long awaitScaled(FleetProcess fleet, int children, int from, long begin) {
		Waiting.line(fleet, "The number of children is " + children + " now", from);
		return (System.nanoTime() - begin) / 1_000_000;
	}

}
