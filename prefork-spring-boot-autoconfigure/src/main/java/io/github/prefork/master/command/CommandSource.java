package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.prefork.master.memory.MemoryBudget;

import org.springframework.util.ClassUtils;

/**
 * What the commands of all children are made from.
 *
 * @param master how the master was started
 * @param environment its environment, the argument files in it expanded
 * @param settings what the user wants in the children
 * @param files the files that options name
 * @param devTools whether the DevTools are on the class path
 * @param memory what the heap of a child is worked out from
 */
record CommandSource(LaunchCommand master, Map<String, String> environment, ChildSettings settings, OptionFiles files,
		boolean devTools, MemoryBudget memory) {

	private static final String DEV_TOOLS = "org.springframework.boot.devtools.restart.Restarter";

	CommandSource {
		environment = Map.copyOf(environment);
	}

	/**
	 * Return what the commands of children of this JVM are made from.
	 * @param settings what the user wants in the children
	 * @param memory what their heap is worked out from
	 * @param warnings takes what the operator has to know of the command line
	 * @return the source
	 */
	static CommandSource ofThisJvm(ChildSettings settings, MemoryBudget memory, Consumer<String> warnings) {
		JvmFacts facts = JvmFactsReader.read(warnings);
		OptionFiles files = OptionFiles.SYSTEM;
		return new CommandSource(CommandLineReader.read(facts, files, warnings),
				JvmEnvironmentOptions.expandArgumentFiles(facts.environment(), files), settings, files,
				ClassUtils.isPresent(DEV_TOOLS, null), memory);
	}

	/**
	 * Return all options that the master reads.
	 * @return the options in its order
	 */
	List<String> optionsOfMaster() {
		List<String> command = new ArrayList<>(List.of(this.master.executable()));
		command.addAll(JvmOption.tokens(this.master.options()));
		command.addAll(this.master.target());
		return ReadOptions.of(command, this.environment, this.files);
	}

	/**
	 * Return all options that the user has for the children.
	 * @return the options in the order in which a child reads them
	 */
	List<String> optionsForChildren() {
		List<String> command = new ArrayList<>(List.of(this.master.executable()));
		command.addAll(this.settings.jvmArguments());
		command.addAll(this.master.target());
		return ReadOptions.of(command, this.settings.environment(), this.files);
	}

}
