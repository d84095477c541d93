package io.github.prefork.child;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureReporter}.
 */
class FailureReporterTests {

	@Test
	void describeWhenCauseIsNestedTellsTheInnermostAndWhatItWasIn() {
		Exception failure = new RuntimeException(
				new IllegalStateException("outer", new IllegalArgumentException("no such key store\nlook elsewhere")));
		assertThat(FailureReporter.describe(failure)).isEqualTo(
				"java.lang.IllegalArgumentException: no such key store (in java.lang.IllegalStateException: outer)");
		assertThat(FailureReporter.describe(new IllegalStateException("alone")))
			.isEqualTo("java.lang.IllegalStateException: alone");
	}

	@Test
	void describeWhenTextIsLongCutsIt() {
		assertThat(FailureReporter.describe(new IllegalStateException("x".repeat(100_000)))).hasSizeLessThan(400)
			.endsWith("...");
	}

}
