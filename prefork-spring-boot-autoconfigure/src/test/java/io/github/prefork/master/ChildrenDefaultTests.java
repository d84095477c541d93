package io.github.prefork.master;

import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
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
		assertThat(ChildrenDefault.compute(processors, childProcessors, memory(mebibytes, 0, 0)).children())
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			1024 | 0 | 1 | 1 | 320 for each child and the standby; 8
			1024 | 0 | 2 | 1 | 320 for each child and each of 2 standbys; 8
			2048 | 0 | 2 | 3 | 320 for each child and each of 2 standbys; 8
			65536 | 0 | 2 | 8 | 8 processors, 1 for each child
			2048 | 400 | 0 | 2 | 530 for each child, counted with one more while one is replaced; 8
			2048 | 400 | 1 | 1 | 530 for each child and the standby, counted with one more while one is replaced; 8
			2048 | 2000 | 0 | 1 | 2130 for each child, counted with one more while one is replaced; 8
			2048 | 96 | 0 | 5 | 320 for each child; 8
			1000 | 150 | 0 | 1 | 280 for each child, counted with one more while one is replaced; 8
			65536 | 400 | 0 | 8 | 8 processors, 1 for each child
			0 | 400 | 2 | 8 | 8 processors, 1 for each child
			""")
	void computeCountsStandbysAndAHeapThatIsKnown(long mebibytes, long heap, int standby, int expected, String reason) {
		ChildrenDefault result = ChildrenDefault.compute(8, 1, memory(mebibytes, heap, standby));
		assertThat(result.children()).isEqualTo(expected);
		assertThat(result.reason()).contains(reason);
	}

	// So the number that nobody has set leads to no warning
	@ParameterizedTest
	@CsvSource({ "1024, 0, 1", "1024, 0, 2", "2048, 0, 3", "2048, 400, 0", "2048, 400, 1", "4096, 96, 0",
			"4096, 150, 2", "4096, 300, 2" })
	void computeWhenSeveralChildrenResultKeepsThemWithinMemory(long mebibytes, long heap, int standby) {
		int children = ChildrenDefault.compute(32, 1, memory(mebibytes, heap, standby)).children();
		MemoryBudget budget = new MemoryBudget((heap > 0) ? ChildHeap.ofSize(heap << 20) : ChildHeap.SPLIT,
				children + standby, new MemoryLimit(mebibytes << 20, true), new JvmHeap(mebibytes << 18, 0));
		assertThat(budget.isExceeded(budget.share(false))).isFalse();
		assertThat(children == 1 || !budget.isExceededByReplacing(budget.share(false))).isTrue();
	}

	private static ChildrenDefault.Memory memory(long mebibytes, long heap, int standby) {
		return new ChildrenDefault.Memory(mebibytes << 20, heap << 20, standby);
	}

	@Test
	void computeWhenProcessorsDecideSaysSo() {
		assertThat(ChildrenDefault.compute(8, 2, memory(0, 0, 0)).reason()).isEqualTo("8 processors, 2 for each child");
		assertThat(ChildrenDefault.compute(1, 1, memory(0, 0, 0)).reason()).isEqualTo("1 processor, 1 for each child");
	}

	@Test
	void computeWhenMemoryDecidesSaysSo() {
		assertThat(ChildrenDefault.compute(8, 1, memory(1024, 0, 0)).reason())
			.isEqualTo("memory of 1024 MiB, 256 for the master and 320 for each child;"
					+ " 8 processors, 1 for each child would allow 8");
	}

	@Test
	void computeWhenThereAreManyProcessorsAndLittleMemoryChoosesFew() {
		ChildrenDefault result = ChildrenDefault.compute(32, 1, memory(1024, 0, 0));
		assertThat(result.children()).isEqualTo(2);
		assertThat(result.reason()).contains("memory of 1024 MiB").contains("32 processors");
	}

}
