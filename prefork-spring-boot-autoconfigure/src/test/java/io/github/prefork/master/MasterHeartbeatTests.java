package io.github.prefork.master;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.prefork.ChildReady;
import io.github.prefork.ChildResumed;
import io.github.prefork.ChildStalled;
import io.github.prefork.PreforkEvent;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.supervisor.SupervisorSettings;
import io.github.prefork.supervisor.TestSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * A master sees the heartbeats of its children without being woken for them.
 */
class MasterHeartbeatTests {

	private static final Duration STALL_TIMEOUT = Duration.ofMillis(500);

	@Test
	void childIsStalledWhenItsHeartbeatsStopAndOnlyThen() throws Exception {
		try (TestFleet fleet = new TestFleet(TestFleet.SLEEP, settings())) {
			fleet.fleet.start(InetAddress.getLoopbackAddress(), 0);
			Awaitility.await().until(() -> !fleet.processes.isEmpty());
			ChildChannel child = fleet.ready();
			ScheduledFuture<?> beats = beat(child);
			Awaitility.await().until(() -> published(fleet, ChildReady.class));
			Awaitility.await().during(STALL_TIMEOUT.multipliedBy(3)).until(() -> !published(fleet, ChildStalled.class));
			beats.cancel(false);
			Awaitility.await().until(() -> published(fleet, ChildStalled.class));
			beat(child);
			Awaitility.await().until(() -> published(fleet, ChildResumed.class));
		}
	}

	private static ScheduledFuture<?> beat(ChildChannel child) {
		return child.executor()
			.scheduleWithFixedDelay(() -> child.beat(new ToMaster.Heartbeat(0)), 0, 50, TimeUnit.MILLISECONDS);
	}

	private static boolean published(TestFleet fleet, Class<? extends PreforkEvent> event) {
		return fleet.events.stream().anyMatch(event::isInstance);
	}

	private static MasterSettings settings() {
		MasterSettings like = TestFleet.settings(Duration.ofSeconds(5));
		SupervisorSettings all = like.supervisor();
		SupervisorSettings supervisor = TestSettings.like(all).stallTimeout(STALL_TIMEOUT).build();
		return new MasterSettings(like.mode(), like.network(), like.backlog(), like.heartbeatInterval(),
				like.drainTimeout(), supervisor, like.child(), like.reason());
	}

}
