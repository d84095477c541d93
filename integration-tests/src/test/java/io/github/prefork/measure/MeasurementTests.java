package io.github.prefork.measure;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Measurement}.
 */
class MeasurementTests {

	@Test
	void medianWhenNumberIsOddIsTheMiddleOne() {
		assertThat(Measurement.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2.0);
	}

	@Test
	void medianWhenNumberIsEvenIsBetweenTheMiddleOnes() {
		assertThat(Measurement.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
	}

}
