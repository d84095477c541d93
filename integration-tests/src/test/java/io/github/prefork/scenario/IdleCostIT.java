package io.github.prefork.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.fleet.ThreadUse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a fleet costs that has nothing to do. What is asserted is how often threads are
 * woken, which unlike the time on a processor is the same on every machine.
 */
class IdleCostIT {

	private static final Duration MEASURED = Duration.ofSeconds(8);

	private static final List<String> OF_THE_MASTER = List.of("prefork-supervi", "prefork-channel");

	private static final List<String> OF_A_CHILD = List.of("prefork-channel", "reactor-http-ep");

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void threadsWhenFleetIsIdleAreSeldomWoken() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=4").start();
		fleet.managementPort();
		Waiting.readyChildren(fleet, 4);
		long child = fleet.childPids().get(0);
		List<ThreadUse> master = use(fleet.pid(), OF_THE_MASTER);
		List<ThreadUse> ofChild = use(child, OF_A_CHILD);
		Instant end = Instant.now().plus(MEASURED);
		Awaitility.await().atMost(MEASURED.plusSeconds(5)).until(() -> !Instant.now().isBefore(end));
		List<ThreadUse> masterUsed = since(master, use(fleet.pid(), OF_THE_MASTER));
		List<ThreadUse> childUsed = since(ofChild, use(child, OF_A_CHILD));
		System.out.println("Idle for " + MEASURED + ", master: " + masterUsed + "\nchild: " + childUsed);
		// That a thread is never woken would mean that it is not there
		assertThat(masterUsed).allMatch((thread) -> thread.waits() > 0);
		assertThat(childUsed).allMatch((thread) -> thread.waits() > 0);
		// Eight looks at the heartbeats and one at the queues in a second, however many
		// children there are
		assertThat(perSecond(masterUsed)).as(masterUsed.toString()).isBetween(2.0, 20.0);
		// Ten heartbeats, each with a look at the event loop
		assertThat(perSecond(childUsed)).as(childUsed.toString()).isBetween(4.0, 40.0);
	}

	private static List<ThreadUse> use(long pid, List<String> names) {
		List<ThreadUse> all = ThreadUse.of(pid);
		return names.stream().map((name) -> ThreadUse.sum(name, all)).toList();
	}

	private static List<ThreadUse> since(List<ThreadUse> earlier, List<ThreadUse> later) {
		return Stream.iterate(0, (i) -> i < later.size(), (i) -> i + 1)
			.map((i) -> later.get(i).since(earlier.get(i)))
			.toList();
	}

	private static double perSecond(List<ThreadUse> used) {
		return (double) used.stream().mapToLong(ThreadUse::waits).sum() / MEASURED.toSeconds();
	}

}
