package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildMemory} and {@link MemoryPart}: two children of a JVM that has
 * 820 MiB of heap and sees 2 GiB of memory. The sizes are those that a JVM was seen to
 * choose.
 */
class ChildMemoryTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			-XX:MaxRAM=1g -XX:MaxRAMPercentage=80 | - | 820
			-XX:MaxRAMFraction=2 | - | 820
			-XX:+AggressiveHeap | - | 820
			- | - | 820
			-Xmx800m | - | 800
			-XX:MaxRAM=1g | -Xmx10m | 10
			-Xmx800m | -XX:MaxRAMPercentage=20 | 800
			- | -XX:+AggressiveHeap | 0
			- | -XX:MaxRAMPercentage=20 | 410
			- | -XX:MaxRAMPercentage=x | 0
			- | -XX:MaxRAM=400m | 126
			- | -XX:MaxRAM=200m | 100
			- | -XX:MaxRAM=1g -XX:MaxRAMPercentage=80 | 820
			- | -XX:MaxRAM=1g -XX:MaxRAMFraction=3 | 342
			- | -XX:MaxRAM=1g -XX:MaxRAMFraction=3 -XX:MaxRAMPercentage=50 | 512
			- | -XX:MaxRAM=1g -XX:MinRAMPercentage=10 | 104
			- | -XX:MaxRAM=300m -XX:MaxRAMPercentage=20 | 126
			- | -XX:MaxRAM=1g -Xms500m | 500
			""")
	void heapWhenInheritedIsThatWhichTheJvmWillChoose(String master, String given, long expected) {
		assertThat(memory(ChildHeap.INHERIT, master, given).heapBytes() >> 20).isEqualTo(expected);
	}

	@Test
	void heapWhenDividedIsThatOfTheOptions() {
		assertThat(memory(ChildHeap.SPLIT, "-XX:MaxRAMPercentage=40", null).heapBytes() >> 20).isEqualTo(273);
		assertThat(memory(ChildHeap.SPLIT, "-Xmx820m", "-XX:MaxRAMPercentage=20").heapBytes() >> 20).isEqualTo(410);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			-Xmx820m | - | prefork.child.heap
			-Xmx820m | -Xms10m | prefork.child.heap
			-Xmx820m | -Xmx20m -Xmx10m | -Xmx10m in prefork.child.jvm-args
			-Xmx820m | -XX:MaxRAMPercentage=20 | -XX:MaxRAMPercentage=20 in prefork.child.jvm-args
			- | -Xmx10m -XX:MaxRAMPercentage=20 | -Xmx10m in prefork.child.jvm-args
			""")
	void heapSettingNamesWhatDecides(String master, String given, String expected) {
		assertThat(memory(ChildHeap.SPLIT, master, given).heapSetting()).isEqualTo(expected);
	}

	@Test
	void heapSettingWhenInheritedOptionWinsIsTheProperty() {
		assertThat(memory(ChildHeap.INHERIT, "-Xmx820m", "-XX:MaxRAMPercentage=20").heapSetting())
			.isEqualTo("prefork.child.heap");
	}

	@Test
	void heapSettingInTheEnvironmentNamesTheVariable() {
		Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-Da -Xmx30m", "_JAVA_OPTIONS", "-Xmx10m -Db");
		ChildSettings settings = new ChildSettings(1, List.of("-Xmx20m"), List.of(), environment);
		assertThat(memoryOf(ChildHeap.ofSize(256 << 20), "-Xmx820m", settings).heapSetting())
			.isEqualTo("-Xmx10m in _JAVA_OPTIONS of prefork.child.environment");
	}

	private static ChildMemory memory(ChildHeap heap, String master, String given) {
		return memoryOf(heap, master, new ChildSettings(1, split(given).toList(), List.of(), Map.of()));
	}

	private static ChildMemory memoryOf(ChildHeap heap, String master, ChildSettings settings) {
		MemoryBudget budget = new MemoryBudget(heap, 2, new MemoryLimit(2L << 30, true),
				new JvmHeap(820L << 20, 0, 2L << 30));
		List<JvmOption> options = split(master).map(JvmOption::of).toList();
		LaunchCommand command = new LaunchCommand("/bin/java", options, List.of("Main"), List.of());
		return ChildMemory.of(new ChildCommandFactory(
				new CommandSource(command, Map.of(), settings, TestOptionFiles.NONE, false, budget)));
	}

	private static Stream<String> split(String options) {
		return (options != null) ? Stream.of(options.split(" ")) : Stream.of();
	}

}
