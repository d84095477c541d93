package io.github.prefork.scenario;

import java.util.List;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The master dies and its children do not mind. That they go with it is shown by
 * {@link StopIT}.
 */
class MasterDeathIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void killOfTheMasterWhenThatIsIgnoredLeavesOrdinaryProcessesThatServe() throws Exception {
		FleetProcess fleet = this.fleets.sample()
			.args("--prefork.children=2", "--prefork.child.on-master-death=ignore")
			.start();
		int port = fleet.port();
		List<Long> children = fleet.childPids();
		fleet.signal(fleet.pid(), "KILL");
		Waiting.answers(port, 100);
		fleet.awaitExit(Waiting.STOP);
		Awaitility.await().atMost(Waiting.STOP).until(() -> Waiting.linesOf(fleet, "Master died: pid").size() == 2);
		assertThat(Waiting.linesOf(fleet, "goes on without it")).hasSize(2);
		assertThat(fleet.childPids()).isEqualTo(children);

		end(fleet, children.get(0), "INT");
		// What the kernel gives to the listener of the other is served too
		Waiting.answers(port, 100);
		end(fleet, children.get(1), "TERM");
		fleet.awaitNoProcess(Waiting.STOP);
		assertThat(fleet.leftBehind()).isEmpty();
		assertThat(Waiting.linesOf(fleet, "Exception")).isEmpty();
		assertThat(Waiting.linesOf(fleet, "an answer from the master")).isEmpty();
	}

	private static void end(FleetProcess fleet, long child, String signal) {
		fleet.signal(child, signal);
		Awaitility.await().atMost(Waiting.STOP).until(() -> !fleet.livePids().contains(child));
	}

}
