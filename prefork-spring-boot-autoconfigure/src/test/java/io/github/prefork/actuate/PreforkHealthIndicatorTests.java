package io.github.prefork.actuate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.prefork.Build;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.github.prefork.PreforkRole;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkHealthIndicator}.
 */
class PreforkHealthIndicatorTests {

	@Test
	void healthWhenEnoughChildrenAreReadyIsUp() {
		Health health = master(fleet(false, ChildState.READY, ChildState.READY, ChildState.BOOTING));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("role", "MASTER")
			.containsEntry("children", 3)
			.containsEntry("ready", 2L)
			.containsEntry("stalled", 1L)
			.containsEntry("recoveryExceeded", false);
	}

	@Test
	void healthWhenTooFewChildrenAreReadyIsOutOfService() {
		assertThat(master(fleet(false, ChildState.READY, ChildState.BOOTING)).getStatus())
			.isEqualTo(Status.OUT_OF_SERVICE);
		assertThat(master(fleet(true, ChildState.READY)).getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
	}

	@Test
	void healthWhenLostChildrenAreNotReplacedIsDegraded() {
		Health health = master(fleet(true, ChildState.READY, ChildState.READY));
		assertThat(health.getStatus()).isEqualTo(PreforkHealthIndicator.DEGRADED);
		assertThat(health.getDetails()).containsEntry("recoveryExceeded", true);
	}

	@Test
	void healthOfChildHasItsSlot() {
		Health health = health(PreforkRole.CHILD, Fleet.EMPTY);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsOnly(Map.entry("role", "CHILD"), Map.entry("slot", 5));
	}

	@Test
	void healthOfStandaloneProcessIsUp() {
		Health health = health(PreforkRole.STANDALONE, Fleet.EMPTY);
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsOnly(Map.entry("role", "STANDALONE"));
	}

	private static Health master(Fleet fleet) {
		return health(PreforkRole.MASTER, fleet);
	}

	private static Health health(PreforkRole role, Fleet fleet) {
		StubFleet stub = new StubFleet(role);
		stub.fleet = fleet;
		Health health = new PreforkHealthIndicator(stub, 2).health();
		assertThat(health).isNotNull();
		return health;
	}

	private static Fleet fleet(boolean recoveryExceeded, ChildState... states) {
		List<Fleet.Member> members = new ArrayList<>();
		for (ChildState state : states) {
			int slot = members.size();
			members.add(new Fleet.Member(new ChildIdentity(slot, 0, 100 + slot), state, 0, slot == 1, Build.UNKNOWN,
					false));
		}
		return new Fleet(3, members, 0, 0, Map.of(), recoveryExceeded, 0, Map.of(), Map.of(), Map.of());
	}

}
