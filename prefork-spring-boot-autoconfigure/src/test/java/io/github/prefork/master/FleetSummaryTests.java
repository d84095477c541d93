package io.github.prefork.master;

import java.time.Duration;

import io.github.prefork.master.command.ChildMemory;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
import io.github.prefork.supervisor.SupervisorSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetSummary}.
 */
class FleetSummaryTests {

	private static final MemoryBudget BUDGET = new MemoryBudget(ChildHeap.SPLIT, 2, new MemoryLimit(1L << 30, true),
			new JvmHeap(600L << 20, 0));

	@Test
	void lineTellsWhatIsStartedAndWhy() {
		assertThat(summary(new ChildMemory(BUDGET, 200L << 20, "", false, "Serial", "1")).line("start-up cache off"))
			.isEqualTo("Prefork master with 1 child (test), listener mode shared, one port for all: 8080; "
					+ "heap of the master at most 600 MiB, of each child 200 MiB; 1 processor for each child, "
					+ "and collector Serial; start-up cache off");
	}

	@Test
	void lineWhenThereIsRoomForAChildThatReplacesAnotherSaysSo() {
		assertThat(summary(new ChildMemory(BUDGET, 126L << 20, "", false, "Serial", "1")).line())
			.contains("of each child 126 MiB with room for one more while one is replaced; 1 processor");
		MemoryBudget machine = new MemoryBudget(ChildHeap.SPLIT, 2, new MemoryLimit(24L << 30, false), BUDGET.jvm());
		assertThat(summary(new ChildMemory(machine, 126L << 20, "", false, "Serial", "1")).line())
			.contains("of each child 126 MiB; 1 processor");
	}

	@Test
	void lineWhenTheJvmsOfTheChildrenChooseSaysSo() {
		assertThat(summary(new ChildMemory(BUDGET, 0, "", false, "", "2")).line())
			.endsWith("of each child as its JVM chooses; "
					+ "2 processors for each child, and the collector that its JVM chooses");
	}

	@Test
	void warningsWhenAllIsWellAreNone() {
		assertThat(summary(new ChildMemory(BUDGET, 126L << 20, "", false, "Serial", "1")).warnings()).isEmpty();
		assertThat(summary(new ChildMemory(BUDGET, 0, "", false, "Serial", "1")).warnings()).isEmpty();
	}

	@Test
	void warningsWhenTheHeapIsDividedNameNumbersAndProperty() {
		ChildMemory memory = new ChildMemory(BUDGET, 100L << 20, "", true, "Serial", "1");
		assertThat(summary(1, 1, memory).warnings()).singleElement()
			.asString()
			.contains("divided among 1 child and 1 standby and the master");
		assertThat(summary(2, 0, memory).warnings()).singleElement()
			.asString()
			.contains("600 MiB", "divided among 2 children and the master", "100 MiB", "prefork.child.heap", "126MB",
					"inherit");
	}

	@Test
	void warningsWhenTheHeapIsDividedAndThereIsRoomSuggestTwice() {
		MemoryBudget budget = new MemoryBudget(ChildHeap.SPLIT, 2, new MemoryLimit(4L << 30, true),
				new JvmHeap(600L << 20, 0));
		assertThat(summary(new ChildMemory(budget, 200L << 20, "", true, "Serial", "1")).warnings()).singleElement()
			.asString()
			.contains("400MB");
	}

	@Test
	void warningsWhenTheHeapIsDividedAndNoMoreFitsSuggestFewerChildren() {
		assertThat(summary(new ChildMemory(BUDGET, 126L << 20, "", true, "Serial", "1")).warnings()).singleElement()
			.asString()
			.contains("does not fit into the memory of 1024 MiB", "prefork.children")
			.doesNotContain("such as");
	}

	@Test
	void warningsWhenMoreThanTheLimitMayBeUsedNameNumbersAndProperties() {
		assertThat(summary(2, 0, new ChildMemory(BUDGET, 600L << 20, "", false, "Serial", "1")).warnings())
			.singleElement()
			.asString()
			.contains("1716 MiB", "1024 MiB", "2 children", "prefork.children", "prefork.child.heap");
	}

	@Test
	void warningsWhenOnlyAReplacementIsTooMuchNameNumbersAndProperties() {
		assertThat(summary(2, 0, new ChildMemory(BUDGET, 200L << 20, "", false, "Serial", "1")).warnings())
			.singleElement()
			.asString()
			.contains("While a child is replaced", "1246 MiB", "1024 MiB", "2 children and one more",
					"prefork.children", "prefork.child.heap", "rolling restart");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			2 | 0 | 1024 | 600 | Set fewer children (prefork.children) or a smaller heap (x), or
			2 | 0 | 1024 | 96 |
			3 | 0 | 1024 | 96 | Set fewer children (prefork.children), or
			2 | 0 | 700 | 600 | Set fewer children (prefork.children), or
			1 | 1 | 700 | 96 | Set fewer standbys (prefork.standby), or
			1 | 0 | 700 | 96 | Give it more memory, or
			1 | 0 | 1024 | 900 | Set a smaller heap (x), or
			""")
	void warningsNameOnlyWhatHelps(int children, int standby, long limit, long heap, String expected) {
		MemoryBudget budget = new MemoryBudget(ChildHeap.SPLIT, children + standby, new MemoryLimit(limit << 20, true),
				new JvmHeap(900L << 20, 0));
		ChildMemory memory = new ChildMemory(budget, heap << 20, "x", false, "Serial", "1");
		if (expected == null) {
			assertThat(summary(children, standby, memory).warnings()).isEmpty();
		}
		else {
			assertThat(summary(children, standby, memory).warnings()).singleElement()
				.asString()
				.contains("for the master. " + expected + " the kernel");
		}
	}

	@Test
	void lineCountsStandbys() {
		ChildMemory memory = new ChildMemory(BUDGET, 126L << 20, "", false, "Serial", "1");
		assertThat(summary(3, 1, memory).line()).startsWith("Prefork master with 3 children and 1 standby (test)");
		assertThat(summary(1, 2, memory).line()).startsWith("Prefork master with 1 child and 2 standbys (test)");
	}

	private static FleetSummary summary(ChildMemory memory) {
		return summary(1, 0, memory);
	}

	private static FleetSummary summary(int children, int standby, ChildMemory memory) {
		MasterSettings settings = TestFleet.settings(Duration.ofSeconds(1));
		SupervisorSettings supervisor = TestFleet.of(children, standby);
		return new FleetSummary(new MasterSettings(settings.mode(), settings.network(), settings.backlog(),
				settings.heartbeatInterval(), settings.drainTimeout(), supervisor, settings.child(), settings.reason()),
				8080, memory);
	}

}
