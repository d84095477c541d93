package io.github.prefork.autoconfigure.role;

import java.util.Set;

import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RoleDecision}.
 */
class RoleDecisionTests {

	@Test
	void decideWhenNothingIsInTheWayIsMaster() {
		Decision decision = decide(ClaimOutcome.none());
		assertThat(decision).isEqualTo(Decision.of(PreforkRole.MASTER));
		assertThat(decision.isActive()).isTrue();
	}

	@Test
	void decideWhenClaimIsAcceptedIsChild() {
		assertThat(decide(ClaimOutcome.accepted(2, 1, "2")).role()).isEqualTo(PreforkRole.CHILD);
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_A_WEB_APPLICATION", "ROLE_TAKEN", "DISABLED", "EXCLUDED", "NO_PORT", "SERVLET",
			"NO_REACTOR_NETTY" }, mode = Mode.EXCLUDE)
	void decideWhenClaimIsAcceptedIsChildWhateverElseApplies(Obstacle obstacle) {
		assertThat(decide(ClaimOutcome.accepted(2, 1, "2"), obstacle).role()).isEqualTo(PreforkRole.CHILD);
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_A_WEB_APPLICATION", "ROLE_TAKEN", "DISABLED", "EXCLUDED", "NO_PORT", "SERVLET",
			"NO_REACTOR_NETTY" })
	void decideWhenOtherApplicationOfChildIsStandalone(Obstacle obstacle) {
		Decision decision = decide(ClaimOutcome.accepted(2, 1, "2"), obstacle);
		assertThat(decision.role()).isEqualTo(PreforkRole.STANDALONE);
		assertThat(decision.notice()).isEqualTo(obstacle.notice());
	}

	@Test
	void decideWhenClaimIsRefusedIsStandaloneWithWarning() {
		Decision decision = decide(ClaimOutcome.refused("unknown token"));
		assertThat(decision.role()).isEqualTo(PreforkRole.STANDALONE);
		assertThat(decision.notice()).isEqualTo(Notice.WARN);
		assertThat(decision.reason()).contains("refused").contains("unknown token").doesNotContain("\n");
	}

	@ParameterizedTest
	@EnumSource
	void decideWhenObstacleAppliesIsStandaloneWithItsReason(Obstacle obstacle) {
		Decision decision = decide(ClaimOutcome.none(), obstacle);
		String reason = (obstacle == Obstacle.PLATFORM) ? "no such port" : obstacle.reason();
		assertThat(decision).isEqualTo(new Decision(PreforkRole.STANDALONE, reason, obstacle.notice()));
		assertThat(decision.reason()).isNotEmpty().doesNotContain("\n");
	}

	@Test
	void decideWhenSeveralObstaclesApplyGivesTheFirstReason() {
		Decision decision = decide(ClaimOutcome.none(), Obstacle.SERVLET, Obstacle.PLATFORM, Obstacle.TESTS);
		assertThat(decision.reason()).isEqualTo(Obstacle.TESTS.reason());
		assertThat(decision.notice()).isEqualTo(Notice.INFO);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "NO_REACTOR_NETTY", "NATIVE_IMAGE", "PLATFORM" })
	void decideWhenRequiredAndCannotWorkFails(Obstacle obstacle) {
		RoleInputs inputs = new RoleInputs(ClaimOutcome.none(), true, Set.of(obstacle), "no such port", false);
		assertThatExceptionOfType(PreforkException.class).isThrownBy(() -> RoleDecision.decide(inputs))
			.withMessageContaining("prefork.required=true")
			.withMessageContaining(obstacle.reason());
	}

	@Test
	void decideWhenRequiredAndClaimIsRefusedFails() {
		RoleInputs inputs = new RoleInputs(ClaimOutcome.refused("unknown token"), true, Set.of(), "no such port",
				false);
		assertThatExceptionOfType(PreforkException.class).isThrownBy(() -> RoleDecision.decide(inputs))
			.withMessageContaining("unknown token");
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "NO_REACTOR_NETTY", "NATIVE_IMAGE", "PLATFORM" }, mode = Mode.EXCLUDE)
	void decideWhenRequiredAndNotWantedIsStandalone(Obstacle obstacle) {
		Decision decision = RoleDecision
			.decide(new RoleInputs(ClaimOutcome.none(), true, Set.of(obstacle), "no such port", false));
		assertThat(decision.role()).isEqualTo(PreforkRole.STANDALONE);
	}

	private static Decision decide(ClaimOutcome claim, Obstacle... obstacles) {
		return RoleDecision.decide(new RoleInputs(claim, false, Set.of(obstacles), "no such port", false));
	}

}
