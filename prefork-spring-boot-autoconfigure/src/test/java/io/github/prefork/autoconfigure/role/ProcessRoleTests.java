package io.github.prefork.autoconfigure.role;

import java.util.HashSet;
import java.util.Set;

import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ProcessRole}.
 */
class ProcessRoleTests {

	private final SpringApplication first = new SpringApplication();

	private final SpringApplication second = new SpringApplication();

	private boolean childProcess;

	@BeforeEach
	@AfterEach
	void reset() {
		ProcessRole.reset();
	}

	@Test
	void assignWhenMasterRunsLeavesNothingToTheSecond() {
		assertThat(roleOf(assign(this.first, ClaimOutcome.none()))).isEqualTo(PreforkRole.MASTER);
		assertThat(roleOf(assign(this.first, ClaimOutcome.none()))).isEqualTo(PreforkRole.MASTER);
		Assignment beside = assign(this.second, ClaimOutcome.none());
		assertThat(roleOf(beside)).isEqualTo(PreforkRole.STANDALONE);
		assertThat(beside.besideChild()).isFalse();
	}

	@Test
	void assignWhenMasterHasClosedIsMasterAgain() {
		assign(this.first, ClaimOutcome.none());
		ProcessRole.closed(this.second);
		assertThat(roleOf(assign(this.second, ClaimOutcome.none()))).isEqualTo(PreforkRole.STANDALONE);
		ProcessRole.closed(this.first);
		assertThat(roleOf(assign(this.second, ClaimOutcome.none()))).isEqualTo(PreforkRole.MASTER);
	}

	@Test
	void assignWhenMasterHasFailedIsMasterAgain() {
		assign(this.first, ClaimOutcome.none());
		ProcessRole.failed(this.first);
		assertThat(roleOf(assign(this.second, ClaimOutcome.none()))).isEqualTo(PreforkRole.MASTER);
	}

	@Test
	void assignWhenBesideChildSaysSo() {
		this.childProcess = true;
		assign(this.first, ClaimOutcome.accepted(0, 0, "0"));
		assertThat(assign(this.second, ClaimOutcome.none()).besideChild()).isTrue();
		assertThat(assign(this.second, ClaimOutcome.none(), Obstacle.NOT_A_WEB_APPLICATION).besideChild()).isFalse();
	}

	@Test
	void assignWhenFirstApplicationOfAChildIsNotMeantLeavesTheClaimToTheNext() {
		this.childProcess = true;
		Assignment disabled = assign(this.first, ClaimOutcome.none(), Obstacle.DISABLED);
		assertThat(roleOf(disabled)).isEqualTo(PreforkRole.STANDALONE);
		assertThat(disabled.besideChild()).isTrue();
		assertThat(roleOf(assign(this.second, ClaimOutcome.accepted(0, 0, "0")))).isEqualTo(PreforkRole.CHILD);
	}

	@Test
	void assignWhenChildHasFailedKeepsItsPlace() {
		assign(this.first, ClaimOutcome.accepted(0, 0, "0"));
		ProcessRole.failed(this.first);
		assertThat(roleOf(assign(this.first, ClaimOutcome.none()))).isEqualTo(PreforkRole.CHILD);
	}

	@Test
	void assignWhenChildHasLeftRefusesWhatServes() {
		assign(this.first, ClaimOutcome.accepted(0, 0, "0"));
		ProcessRole.closed(this.first);
		for (SpringApplication application : Set.of(this.first, this.second)) {
			assertThatExceptionOfType(PreforkException.class).isThrownBy(() -> assign(application, ClaimOutcome.none()))
				.withMessageContaining("has left");
		}
		assertThat(roleOf(assign(this.second, ClaimOutcome.none(), Obstacle.NOT_A_WEB_APPLICATION)))
			.isEqualTo(PreforkRole.STANDALONE);
	}

	private static PreforkRole roleOf(Assignment assignment) {
		return assignment.decision().role();
	}

	private Assignment assign(SpringApplication application, ClaimOutcome claim, Obstacle... obstacles) {
		return ProcessRole.assign(application, (taken) -> {
			Set<Obstacle> found = new HashSet<>(Set.of(obstacles));
			if (taken) {
				found.add(Obstacle.ROLE_TAKEN);
			}
			return new RoleInputs(claim, false, found, "", this.childProcess);
		});
	}

}
