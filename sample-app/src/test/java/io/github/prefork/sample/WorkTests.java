package io.github.prefork.sample;

import java.lang.management.ManagementFactory;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Work}.
 */
class WorkTests {

	private final Work work = new Work();

	@Test
	void computeUsesProcessorTime() {
		long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		this.work.compute(Duration.ofMillis(20));
		assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before)
			.isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
	}

	@Test
	void allocateWhenNotWholeBlocksAllocatesAll() {
		assertThat(this.work.allocate(130)).isEqualTo(130);
	}

}
