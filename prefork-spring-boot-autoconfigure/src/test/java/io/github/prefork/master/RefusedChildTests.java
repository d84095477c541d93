package io.github.prefork.master;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.prefork.RolloutResult;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ChildChannels;
import io.github.prefork.channel.ClaimRefusedException;
import io.github.prefork.channel.ToMaster;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for a rollout to a release of prefork that the master does not understand.
 */
@Timeout(60)
class RefusedChildTests {

	@Test
	void rolloutFailsAndTheChildIsEnded() throws Exception {
		try (TestFleet fleet = new TestFleet(TestFleet.SLEEP, Duration.ofSeconds(1))) {
			MasterWebServer server = fleet.webServer(0);
			Thread starter = new Thread(server::start);
			starter.start();
			Awaitility.await().until(() -> fleet.processes.size() == 1);
			try (ChildChannel channel = fleet.ready()) {
				starter.join();
				assertThat(channel.welcome().slot()).isZero();
				CompletableFuture<RolloutResult> result = fleet.fleet.operations().restart();
				Awaitility.await().until(() -> fleet.processes.size() == 2);
				assertThatExceptionOfType(ClaimRefusedException.class)
					.isThrownBy(() -> ChildChannels.claim(address(fleet),
							new ToMaster.Hello(ToMaster.Hello.PROTOCOL + 1, address(fleet).token(), 1),
							Duration.ofSeconds(10)));
				assertThat(result.get(30, TimeUnit.SECONDS)).satisfies((rollout) -> {
					assertThat(rollout.outcome()).isEqualTo(RolloutResult.Outcome.FAILED);
					assertThat(rollout.reason()).contains("the child speaks version " + (ToMaster.Hello.PROTOCOL + 1),
							"the master version " + ToMaster.Hello.PROTOCOL, "restart the master");
				});
				assertThat(fleet.processes.get(1).isAlive()).isFalse();
				assertThat(fleet.processes.get(0).isAlive()).isTrue();
			}
		}
	}

	private static ChannelAddress address(TestFleet fleet) {
		return ChannelAddress.parse(fleet.commands.get(1).environment().get(ChannelAddress.VARIABLE)).orElseThrow();
	}

}
