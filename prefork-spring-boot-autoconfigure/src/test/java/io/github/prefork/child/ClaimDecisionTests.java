package io.github.prefork.child;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ClaimRefusedException;
import io.github.prefork.channel.ToMaster;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClaimDecision}.
 */
class ClaimDecisionTests {

	private static final ChannelAddress ADDRESS = new ChannelAddress(42, 1000, "abc123", "/run/prefork/s");

	private final FakeChildChannel channel = new FakeChildChannel(1000);

	private final AtomicReference<ToMaster.Hello> hello = new AtomicReference<>();

	@AfterEach
	void close() {
		this.channel.close();
	}

	private ClaimOutcome decide(@Nullable String value, boolean launched) {
		return decide(value, launched, false);
	}

	private ClaimOutcome decide(@Nullable String value, boolean launched, boolean orphan) {
		return new ClaimDecision((name) -> name.equals(ChannelAddress.VARIABLE) ? value : null, (name) -> null,
				(address) -> launched && address.equals(ADDRESS), (address) -> orphan && address.equals(ADDRESS),
				(address, hello) -> {
					this.hello.set(hello);
					return this.channel;
				})
			.decide();
	}

	@Test
	void decideWhenNoVariableIsNone() {
		assertThat(decide(null, true)).isEqualTo(new ClaimOutcome.None());
		assertThat(decide(" ", true)).isEqualTo(new ClaimOutcome.None());
		assertThat(this.hello).hasNullValue();
	}

	@Test
	void decideWhenNoVariableButCommandLineOfAChildIsOrphaned() {
		ClaimOutcome outcome = new ClaimDecision((name) -> null, Map.of("io.github.prefork.launched-by", "42")::get,
				(address) -> true, (address) -> true, (address, hello) -> this.channel)
			.decide();
		assertThat(outcome).isInstanceOfSatisfying(ClaimOutcome.Orphaned.class,
				(orphaned) -> assertThat(orphaned.reason()).contains("pid 42", "not its environment"));
	}

	@Test
	void decideWhenCommandLineOfAChildNeverIsNone() {
		assertThat(marked(null, "42", false)).isInstanceOf(ClaimOutcome.Orphaned.class);
		assertThat(marked(ADDRESS.toValue(), "43", false)).isInstanceOf(ClaimOutcome.Orphaned.class);
		// Adopted by whoever: the master itself knows
		assertThat(marked(ADDRESS.toValue(), "42", true)).isInstanceOf(ClaimOutcome.Accepted.class);
		assertThat(marked(ADDRESS.toValue(), "42", false)).isInstanceOf(ClaimOutcome.Orphaned.class);
	}

	private ClaimOutcome marked(@Nullable String value, String launchedBy, boolean masterAnswers) {
		return new ClaimDecision((name) -> value, (name) -> launchedBy, (address) -> false, (address) -> false,
				(address, hello) -> {
					if (!masterAnswers) {
						throw new IOException("there is no master");
					}
					return this.channel;
				})
			.decide();
	}

	@Test
	void decideWhenMasterRefusesItsOwnChildIsOrphaned() {
		ClaimOutcome outcome = new ClaimDecision((name) -> ADDRESS.toValue(), (name) -> "42", (address) -> true,
				(address) -> false, (address, hello) -> {
					throw new ClaimRefusedException("restart the master");
				})
			.decide();
		assertThat(outcome)
			.isEqualTo(new ClaimOutcome.Orphaned("The master with pid 42 has refused this child: restart the master"));
	}

	@Test
	void decideWhenVariableCannotBeReadIsRefused() {
		assertThat(decide("nonsense", true)).isInstanceOf(ClaimOutcome.Refused.class);
		assertThat(this.hello).hasNullValue();
	}

	@Test
	void decideWhenMasterDidNotLaunchThisProcessIsNone() {
		assertThat(decide(ADDRESS.toValue(), false)).isEqualTo(new ClaimOutcome.None());
		assertThat(this.hello).hasNullValue();
	}

	@Test
	void decideWhenMasterHasDiedWhileThisProcessBootedIsOrphaned() {
		assertThat(decide(ADDRESS.toValue(), false, true)).isInstanceOf(ClaimOutcome.Orphaned.class);
		assertThat(failing(new IOException("connection refused"), true)).isInstanceOf(ClaimOutcome.Orphaned.class);
		assertThat(decide(ADDRESS.toValue(), true, true)).isInstanceOf(ClaimOutcome.Accepted.class);
	}

	@Test
	void decideWhenAcceptedIsChildOfThatMaster() {
		ClaimOutcome outcome = decide(ADDRESS.toValue(), true);
		assertThat(outcome).isInstanceOfSatisfying(ClaimOutcome.Accepted.class, (accepted) -> {
			assertThat(accepted.link().welcome()).isEqualTo(this.channel.welcome());
			assertThat(accepted.link().address()).isEqualTo(ADDRESS);
		});
		assertThat(this.hello)
			.hasValue(new ToMaster.Hello(ToMaster.Hello.PROTOCOL, "abc123", ProcessHandle.current().pid()));
	}

	@Test
	void decideWhenClaimFailsIsRefusedWithReason() {
		assertThat(failing(new IOException("token is spent"), false))
			.isEqualTo(new ClaimOutcome.Refused("token is spent"));
		assertThat(failing(new IllegalStateException(), false))
			.isEqualTo(new ClaimOutcome.Refused("java.lang.IllegalStateException"));
	}

	private ClaimOutcome failing(Exception failure, boolean orphan) {
		return new ClaimDecision((name) -> ADDRESS.toValue(), (name) -> null, (address) -> true, (address) -> orphan,
				(address, hello) -> {
					throw failure;
				})
			.decide();
	}

	@Test
	void claimWhenTestProcessWasNotLaunchedByMasterIsFalse() {
		assertThat(new ProcessClaim().claim()).isFalse();
		assertThat(ProcessClaim.outcome()).isEqualTo(new ClaimOutcome.None());
	}

}
