package io.github.prefork.master;

import io.github.prefork.master.memory.MemoryBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildrenDefault}.
 */
class ChildrenDefaultTests {

	@ParameterizedTest
	@CsvSource({ "8, 1, 0, 8", "8, 3, 0, 2", "2, 4, 0, 1", "8, 1, 65536, 8", "8, 1, 896, 2", "8, 1, 895, 1",
			"8, 1, 200, 1", "2, 1, 896, 2" })
	void computeReturnsNumber(int processors, int childProcessors, long mebibytes, int expected) {
		assertThat(ChildrenDefault.compute(processors, childProcessors, mebibytes << 20, 256L << 20).children())
			.isEqualTo(expected);
	}

	@Test
	void computeWhenProcessorsDecideSaysSo() {
		assertThat(ChildrenDefault.compute(8, 2, 0, 0).reason()).isEqualTo("8 processors, 2 for each child");
		assertThat(ChildrenDefault.compute(1, 1, 0, 0).reason()).isEqualTo("1 processor, 1 for each child");
	}

	@Test
	void computeWhenMemoryDecidesSaysSo() {
		assertThat(ChildrenDefault.compute(8, 1, 1024L << 20, MemoryBudget.MASTER_RESERVE).reason())
			.isEqualTo("memory of 1024 MiB, 256 for the master and 320 for each child;"
					+ " 8 processors, 1 for each child would allow 8");
	}

	@Test
	void computeWhenThereAreManyProcessorsAndLittleMemoryChoosesFew() {
		ChildrenDefault result = ChildrenDefault.compute(32, 1, 1 << 30, MemoryBudget.MASTER_RESERVE);
		assertThat(result.children()).isEqualTo(2);
		assertThat(result.reason()).contains("memory of 1024 MiB").contains("32 processors");
	}

}
