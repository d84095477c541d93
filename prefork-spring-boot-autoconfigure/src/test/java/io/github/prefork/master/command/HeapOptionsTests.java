package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeapOptions}, {@link HeapSizes} and {@link HeapFlag}: two children of
 * a JVM with 900 MiB of heap.
 */
class HeapOptionsTests {

	private static final String BEFORE = "-Dreactor.netty.ioWorkerCount=1";

	private static final OptionFiles FILES = new TestOptionFiles(
			Map.of("flags", "MaxHeapSize=900m +A", "options", "-Xmx900m -Da", "child", "-Xmx500m"));

	@Test
	void optionsWhenNothingIsSaidAreAPartForEachChild() {
		assertThat(options(settings(), Map.of())).containsExactly("-Xmx450m", "-XX:InitialHeapSize=32m", "-Db");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			-Xmx900m | -Xmx300m -XX:InitialHeapSize=32m
			-mx900m | -Xmx300m -XX:InitialHeapSize=32m
			-XX:MaxHeapSize=900m | -Xmx300m -XX:InitialHeapSize=32m
			-XX:MaxHeapSize:=900m | -Xmx300m -XX:InitialHeapSize=32m
			-XX:MaxRAMPercentage=50 | -Xmx300m -XX:InitialHeapSize=32m
			-XX:MaxRAMFraction=2 | -Xmx300m -XX:InitialHeapSize=32m
			-XX:MinRAMPercentage=50 | -Xmx300m -XX:InitialHeapSize=32m
			-XX:MaxRAM=2g | -Xmx450m -XX:InitialHeapSize=32m
			-XX:MaxRAM:=2g | -Xmx450m -XX:InitialHeapSize=32m
			-XX:MaxRAM=2g -Xmx900m | -Xmx300m -XX:InitialHeapSize=32m
			-XX:MaxRAM=2g -XX:MaxRAMPercentage=45 | -Xmx300m -XX:InitialHeapSize=32m
			-XX:+AggressiveHeap | -Xmx300m -XX:InitialHeapSize=32m
			-Xmx900m -Xms900m | -Xmx300m -Xms300m
			-Xmx900m -ms90m | -Xmx300m -Xms30m
			-Xmx900m -XX:InitialHeapSize=90m | -Xmx300m -XX:InitialHeapSize=30m
			-Xmx900m -XX:MinHeapSize=600m | -Xmx300m -XX:InitialHeapSize=200m -XX:MinHeapSize=200m
			-Xmx900m -Xms300m -XX:InitialHeapSize=600m | -Xmx300m -XX:InitialHeapSize=200m -XX:MinHeapSize=100m
			-Xmx900m -XX:InitialRAMPercentage=5 | -Xmx300m -XX:InitialHeapSize=21m
			-Xmx900m -Xmn600m | -Xmx300m -Xmn200m
			-Xmx900m -XX:NewSize=300m | -Xmx300m -XX:NewSize=100m
			-Xmx900m -XX:NewSize=300m -XX:MaxNewSize=600m | -Xmx300m -XX:NewSize=100m \
			-XX:MaxNewSize=200m
			-Xmx900m -XX:SoftMaxHeapSize=300M | -Xmx300m -XX:InitialHeapSize=32m -XX:SoftMaxHeapSize=100m
			-Xmx900m -XX:OldSize=400m | -Xmx300m -XX:InitialHeapSize=32m
			-XX:MaxDirectMemorySize=300m | -Xmx450m -XX:InitialHeapSize=32m -XX:MaxDirectMemorySize=100m
			-XX:MaxDirectMemorySize=40m | -Xmx450m -XX:InitialHeapSize=32m -XX:MaxDirectMemorySize=32m
			-XX:MaxDirectMemorySize=20m | -Xmx450m -XX:InitialHeapSize=32m -XX:MaxDirectMemorySize=20m
			""")
	void optionsWhenSaidAnywhereAreDivided(String master, String expected) {
		List<String> divided = Stream.concat(Stream.of(expected.split(" ")), Stream.of("-Db")).toList();
		assertThat(options(settings(), Map.of(), master.split(" "))).isEqualTo(divided);
		for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
			ChildCommand command = create(settings(), Map.of(name, "-Dc " + master));
			assertThat(options(command)).isEqualTo(divided);
			assertThat(command.environment()).containsEntry(name, "-Dc");
		}
	}

	@ParameterizedTest
	@CsvSource({ "0, -Xmx450m -Db", "16, -Xmx450m -XX:InitialHeapSize=32m -Db",
			"96, -Xmx450m -XX:InitialHeapSize=48m -Db", "384, -Xmx450m -XX:InitialHeapSize=64m -Db" })
	void optionsWhenNothingIsSaidBeginSmall(long initial, String expected) {
		JvmHeap jvm = new JvmHeap(900L << 20, initial << 20);
		assertThat(options(create(ChildHeap.SPLIT, jvm, settings(), Map.of()))).containsExactly(expected.split(" "));
	}

	@Test
	void optionsWhenSaidInFilesAreDivided() {
		assertThat(options(settings(), Map.of(), "-XX:Flags=flags")).containsExactly("-Xmx300m",
				"-XX:InitialHeapSize=32m", "-XX:+A", "-Db");
		assertThat(options(settings(), Map.of(), "-XX:VMOptionsFile=options")).containsExactly("-Xmx300m",
				"-XX:InitialHeapSize=32m", "-Da", "-Db");
	}

	@ParameterizedTest
	@CsvSource({ "300000000, 100000000", "60000000, 33554432", "20000000, 20000000", "0, 0", "-1, -1", "x, x" })
	void optionOfNettyIsDividedInItsPlace(String master, String expected) {
		assertThat(options(settings(), Map.of(), "-Dio.netty.maxDirectMemory=" + master))
			.endsWith("-Dio.netty.maxDirectMemory=" + expected, "-Db");
	}

	@Test
	void optionsWhenInheritedAreAsLaunched() {
		String[] master = { "-Xmx900m", "-Xms10m", "-XX:MaxDirectMemorySize=9m", "-Dio.netty.maxDirectMemory=9" };
		assertThat(create(ChildHeap.INHERIT, settings(), Map.of("_JAVA_OPTIONS", "-Xmx1g"), master))
			.satisfies((command) -> assertThat(options(command)).startsWith(master))
			.satisfies((command) -> assertThat(command.environment()).containsEntry("_JAVA_OPTIONS", "-Xmx1g"));
	}

	@Test
	void optionsWhenASizeIsGivenFollowIt() {
		ChildCommand command = create(ChildHeap.ofSize(600L << 20), settings(), Map.of(), "-Xmx900m", "-Xms900m",
				"-Xmn300m", "-XX:MaxDirectMemorySize=300m");
		assertThat(options(command)).containsExactly("-Xmx600m", "-Xms600m", "-Xmn200m", "-XX:MaxDirectMemorySize=100m",
				"-Db");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			-Xmx180m | -Xms180m -Xmn60m -Xmx180m
			-XX:MaxHeapSize=180m | -Xms180m -Xmn60m -XX:MaxHeapSize=180m
			-XX:MaxRAMPercentage=20 | -XX:MaxRAMPercentage=20
			-XX:MaxRAM=400m | -XX:MaxRAM=400m
			-Xmx1x | -Xmx1x
			-Xms100m | -Xmx300m -Xmn100m -Xms100m
			-Xms700m | -Xmx700m -Xmn233m -Xms700m
			-XX:InitialHeapSize=100m | -Xmx300m -Xmn100m -XX:InitialHeapSize=100m
			-XX:InitialRAMPercentage=1 | -Xmx300m -Xmn100m -XX:InitialRAMPercentage=1
			-XX:MinHeapSize=100m | -Xmx300m -Xmn100m -XX:MinHeapSize=100m
			-Xmn50m | -Xmx300m -Xms300m -Xmn50m
			-XX:NewSize=50m | -Xmx300m -Xms300m -XX:NewSize=50m
			-XX:SoftMaxHeapSize=400m | -Xmx400m -Xms400m -Xmn133m -XX:SoftMaxHeapSize=400m
			-XX:OldSize=100m | -Xmx300m -Xmn100m -XX:OldSize=100m
			-XX:VMOptionsFile=child | -Xms500m -Xmn166m -XX:VMOptionsFile=child
			""")
	void optionsForChildrenWinAndTheRestGoesWithThem(String given, String expected) {
		ChildSettings settings = new ChildSettings(1, List.of(given), List.of(), Map.of());
		String[] master = { "-Xmx900m", "-Xms900m", "-Xmn300m" };
		assertThat(String.join(" ", options(settings, Map.of(), master)).replace("-Db ", "")).isEqualTo(expected);
		for (String name : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
			ChildCommand command = create(new ChildSettings(1, List.of(), List.of(), Map.of(name, given)),
					Map.of(name, "-Xmx1g"), master);
			assertThat(String.join(" ", options(command)).replace("-Db", given)).isEqualTo(expected);
			assertThat(command.environment()).containsEntry(name, given);
		}
	}

	@Test
	void optionsWhenOnlyTheYoungGenerationOfChildrenIsSaidLeaveRoomForIt() {
		ChildSettings settings = new ChildSettings(1, List.of("-Xmn200m"), List.of(), Map.of());
		assertThat(options(settings, Map.of(), "-Xmx900m")).containsExactly("-Xmx300m", "-Db", "-Xmn200m");
	}

	@Test
	void optionOfDirectMemoryForChildrenWins() {
		ChildSettings settings = new ChildSettings(1, List.of("-XX:MaxDirectMemorySize=9m"), List.of(), Map.of());
		assertThat(options(settings, Map.of(), "-XX:MaxDirectMemorySize=300m")).containsExactly("-Xmx450m",
				"-XX:InitialHeapSize=32m", "-Db", "-XX:MaxDirectMemorySize=9m");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Xmixed", "-Xmodule", "-XX:MaxHeapFreeRatio=1", "-XX:NewRatio=2", "-Dx=-Xmx1g", "-Xss1m",
			"-XX:MaxMetaspaceSize=1m", "-msg", "-XX:-AggressiveHeap" })
	void optionsOfOtherKindsStay(String option) {
		assertThat(options(settings(), Map.of(), option)).containsExactly("-Xmx450m", "-XX:InitialHeapSize=32m", option,
				"-Db");
	}

	private static ChildSettings settings() {
		return new ChildSettings(1, List.of(), List.of(), Map.of());
	}

	private static List<String> options(ChildSettings settings, Map<String, String> environment, String... master) {
		return options(create(settings, environment, master));
	}

	private static ChildCommand create(ChildSettings settings, Map<String, String> environment, String... master) {
		return create(ChildHeap.SPLIT, settings, environment, master);
	}

	private static ChildCommand create(ChildHeap heap, ChildSettings settings, Map<String, String> environment,
			String... master) {
		return create(heap, new JvmHeap(900L << 20, 64L << 20), settings, environment, master);
	}

	private static ChildCommand create(ChildHeap heap, JvmHeap jvm, ChildSettings settings,
			Map<String, String> environment, String... master) {
		MemoryBudget budget = new MemoryBudget(heap, 2, new MemoryLimit(4L << 30, false), jvm);
		List<JvmOption> options = Stream.concat(Stream.of(master), Stream.of("-Db")).map(JvmOption::of).toList();
		LaunchCommand command = new LaunchCommand("/bin/java", options, List.of("Main"), List.of());
		return new ChildCommandFactory(new CommandSource(command, environment, settings, FILES, false, budget))
			.create(0, 0, "0", new ChannelAddress(1, 2, "abc", "/tmp/s"), StartForm.PLAIN);
	}

	private static List<String> options(ChildCommand command) {
		List<String> tokens = command.command();
		return tokens.subList(tokens.indexOf(BEFORE) + 1, tokens.indexOf("Main"))
			.stream()
			.filter((option) -> !option.startsWith("-XX:ErrorFile=") && !option.equals("-XX:+UseSerialGC")
					&& !option.equals("-XX:+ExitOnOutOfMemoryError"))
			.toList();
	}

}
