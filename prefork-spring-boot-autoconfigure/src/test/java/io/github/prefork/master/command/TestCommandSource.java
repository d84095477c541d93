package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;

/**
 * What the commands of children are made from that leave the heap as it is.
 */
final class TestCommandSource {

	static final ChildSettings NOTHING = new ChildSettings(1, List.of(), List.of(), Map.of());

	private static final MemoryBudget AS_LAUNCHED = new MemoryBudget(ChildHeap.INHERIT, 2, new MemoryLimit(0, false),
			new JvmHeap(1 << 30, 0));

	private TestCommandSource() {
	}

	static CommandSource of(LaunchCommand master, Map<String, String> environment, ChildSettings settings,
			OptionFiles files) {
		return new CommandSource(master, environment, settings, files, false, AS_LAUNCHED);
	}

	static LaunchCommand master(String... options) {
		return new LaunchCommand("/bin/java", Stream.of(options).map(JvmOption::of).toList(), List.of("Main"),
				List.of());
	}

}
