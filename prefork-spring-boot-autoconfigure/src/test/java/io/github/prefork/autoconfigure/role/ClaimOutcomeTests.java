package io.github.prefork.autoconfigure.role;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClaimOutcome} in a process that no master has launched.
 */
class ClaimOutcomeTests {

	@Test
	void ofThisProcessWhenNoMasterLaunchedItIsNone() {
		assertThat(ClaimOutcome.ofThisProcess()).isEqualTo(ClaimOutcome.none());
	}

}
