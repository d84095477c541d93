package io.github.prefork.master.command;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Collector}.
 */
class CollectorTests {

	private static final String ONE = "-XX:ActiveProcessorCount=1";

	@Test
	void isMissingWhenThereIsOneProcessor() {
		assertThat(Collector.isMissing(List.of("-Xmx1g", ONE, "-XX:+UseStringDeduplication"))).isTrue();
		assertThat(Collector.isMissing(List.of("-XX:ActiveProcessorCount=2", ONE))).isTrue();
		assertThat(Collector.isMissing(List.of(ONE, "-XX:ActiveProcessorCount=2"))).isFalse();
		assertThat(Collector.isMissing(List.of("-XX:ActiveProcessorCount=16"))).isFalse();
		assertThat(Collector.isMissing(List.of())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:+UseG1GC", "-XX:+UseZGC", "-XX:+UseParallelGC", "-XX:-UseSerialGC",
			"-XX:+UseShenandoahGC", "-XX:+AggressiveHeap" })
	void isMissingWhenTheUserHasChosenIsFalse(String option) {
		assertThat(Collector.isMissing(List.of(option, ONE))).isFalse();
	}

	@Test
	void nameIsThatOfTheChosenOne() {
		assertThat(Collector.name(List.of("-XX:+UseG1GC", "-XX:-UseZGC", ONE))).isEqualTo("G1");
		assertThat(Collector.name(List.of("-XX:+AggressiveHeap", ONE))).isEqualTo("Parallel");
		assertThat(Collector.name(List.of(ONE))).isEmpty();
	}

}
