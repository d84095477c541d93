package io.github.prefork.master.memory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryBudget} and {@link JvmHeap}.
 */
class MemoryBudgetTests {

	private static final MemoryLimit MACHINE = new MemoryLimit(24L << 30, false);

	@ParameterizedTest
	@CsvSource({
			// One JVM, limit of a container, children, chosen by options: heap of a child
			"6144, 0, 2, false, 3072", "6144, 0, 2, true, 2048", "6144, 0, 4, false, 1536", "3072, 4096, 2, true, 1024",
			"1024, 4096, 4, false, 204", "1024, 4096, 3, false, 256", "900, 1024, 2, true, 126",
			"256, 1024, 1, false, 190", "256, 1024, 2, false, 126", "256, 1024, 2, true, 96", "256, 1024, 3, false, 96",
			"256, 1024, 8, false, 96", "128, 512, 1, false, 96", "480, 1920, 5, false, 147", "480, 1920, 4, false, 190",
			"300, 0, 2, true, 100", "285, 0, 2, true, 96", "64, 0, 2, true, 64", "64, 512, 8, false, 64",
			"120, 0, 8, false, 96" })
	void shareIsAPartOfWhatOneJvmHas(long jvm, long container, int children, boolean chosen, long expected) {
		MemoryLimit limit = (container > 0) ? new MemoryLimit(container << 20, true) : MACHINE;
		assertThat(budget(ChildHeap.SPLIT, jvm, children, limit).share(chosen) >> 20).isEqualTo(expected);
	}

	@Test
	void shareWhenNothingIsKnownOfTheLimitIsAPartAllTheSame() {
		assertThat(budget(ChildHeap.SPLIT, 600, 2, new MemoryLimit(0, false)).share(false)).isEqualTo(300L << 20);
	}

	@Test
	void shareWhenInheritedIsThatOfOneJvm() {
		assertThat(budget(ChildHeap.INHERIT, 600, 2, MACHINE).share(true)).isEqualTo(600L << 20);
	}

	@Test
	void shareWhenASizeIsGivenIsThat() {
		assertThat(budget(ChildHeap.ofSize(1L << 30), 64, 2, MACHINE).share(true)).isEqualTo(1L << 30);
	}

	@Test
	void isExceededWhenHeapsAndTheRestOfAllProcessesAreMoreThanTheLimit() {
		MemoryBudget budget = budget(ChildHeap.SPLIT, 256, 2, new MemoryLimit(1L << 30, true));
		assertThat(budget.sum(254L << 20)).isEqualTo(1L << 30);
		assertThat(budget.isExceeded(254L << 20)).isFalse();
		assertThat(budget.isExceeded((254L << 20) + 1)).isTrue();
		assertThat(budget(ChildHeap.SPLIT, 256, 2, new MemoryLimit(0, false)).isExceeded(1L << 40)).isFalse();
	}

	@Test
	void fittingLeavesRoomForTheChildThatReplacesAnother() {
		MemoryBudget budget = budget(ChildHeap.SPLIT, 256, 2, new MemoryLimit(1L << 30, true));
		assertThat(budget.fitting()).isEqualTo(126L << 20).isEqualTo(budget.share(false));
		assertThat(budget.replacingSum(126L << 20)).isEqualTo(1L << 30);
		assertThat(budget.isExceededByReplacing(126L << 20)).isFalse();
		assertThat(budget.isExceededByReplacing((126L << 20) + 1)).isTrue();
		assertThat(budget(ChildHeap.SPLIT, 256, 2, new MemoryLimit(0, false)).isExceededByReplacing(1L << 40))
			.isFalse();
	}

	@ParameterizedTest
	@CsvSource({
			// One JVM, limit of a container, children: most of them
			"256, 1024, 1, 1", "256, 1024, 2, 2", "1024, 4096, 4, 10", "256, 1024, 8, 2", "128, 512, 1, 0" })
	void mostIsWhatFitsIntoAContainerWithOneMore(long jvm, long container, int children, int expected) {
		MemoryBudget budget = budget(ChildHeap.SPLIT, jvm, children, new MemoryLimit(container << 20, true));
		assertThat(budget.most()).isEqualTo(expected);
	}

	@Test
	void mostWhenNobodyHasSetALimitIsNotBounded() {
		assertThat(budget(ChildHeap.SPLIT, 6144, 2, MACHINE).most()).isEqualTo(Integer.MAX_VALUE);
	}

	@Test
	void jvmHeapIsThatOfThisJvm() {
		JvmHeap heap = JvmHeap.ofThisJvm();
		assertThat(heap.maxBytes()).isGreaterThanOrEqualTo(Runtime.getRuntime().maxMemory());
		assertThat(heap.initialBytes()).isPositive().isLessThanOrEqualTo(heap.maxBytes());
	}

	private static MemoryBudget budget(ChildHeap heap, long jvm, int children, MemoryLimit limit) {
		return new MemoryBudget(heap, children, limit, new JvmHeap(jvm << 20, 0));
	}

}
