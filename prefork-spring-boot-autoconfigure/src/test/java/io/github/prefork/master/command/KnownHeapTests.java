package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KnownHeap}, with a JVM that has 820 MiB of heap and sees 2 GiB of
 * memory.
 */
class KnownHeapTests {

	private static final JvmHeap JVM = new JvmHeap(820L << 20, 0, 2L << 30);

	private static final MemoryLimit CONTAINER = new MemoryLimit(2L << 30, true);

	private static final MemoryLimit MACHINE = new MemoryLimit(2L << 30, false);

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			SPLIT | 0 | - | 0
			SPLIT | 0 | -Xms300m | 0
			SPLIT | 0 | -Xmx500m -Xmx300m | 300
			SPLIT | 0 | -XX:MaxRAMPercentage=20 | 410
			SPLIT | 0 | -XX:+AggressiveHeap | 0
			SIZE | 400 | - | 400
			SIZE | 400 | -Xms100m | 400
			SIZE | 400 | -XX:MaxHeapSize=300m | 300
			INHERIT | 0 | - | 820
			INHERIT | 0 | -Xmx300m | 300
			""")
	void ofIsWhatTheSettingsSay(ChildHeap.Kind kind, long size, String arguments, long expected) {
		assertThat(KnownHeap.of(settings(new ChildHeap(kind, size << 20), arguments), CONTAINER, JVM,
				TestOptionFiles.NONE) >> 20)
			.isEqualTo(expected);
	}

	@Test
	void ofWhenInheritedOnAMachineIsNotKnown() {
		assertThat(KnownHeap.of(settings(ChildHeap.INHERIT, null), MACHINE, JVM, TestOptionFiles.NONE)).isZero();
		assertThat(KnownHeap.of(settings(ChildHeap.ofSize(7), null), MACHINE, JVM, TestOptionFiles.NONE)).isEqualTo(7);
	}

	@Test
	void asIsTheSizeWhereItIsKnown() {
		assertThat(KnownHeap.as(settings(ChildHeap.SPLIT, "-Xmx300m"), CONTAINER, JVM))
			.isEqualTo(ChildHeap.ofSize(300L << 20));
		assertThat(KnownHeap.as(settings(ChildHeap.SPLIT, null), CONTAINER, JVM)).isEqualTo(ChildHeap.SPLIT);
		assertThat(KnownHeap.as(settings(ChildHeap.INHERIT, null), MACHINE, JVM)).isEqualTo(ChildHeap.INHERIT);
	}

	@Test
	void ofWhenAVariableOfTheChildrenSaysItIsThat() {
		ChildSettings settings = new ChildSettings(1, List.of("-Xmx300m"), List.of(),
				Map.of("_JAVA_OPTIONS", "-Xmx200m"), ChildHeap.SPLIT);
		assertThat(KnownHeap.of(settings, CONTAINER, JVM, TestOptionFiles.NONE)).isEqualTo(200L << 20);
	}

	private static ChildSettings settings(ChildHeap heap, String arguments) {
		Stream<String> options = (arguments != null) ? Stream.of(arguments.split(" ")) : Stream.of();
		return new ChildSettings(1, options.toList(), List.of(), Map.of(), heap);
	}

}
