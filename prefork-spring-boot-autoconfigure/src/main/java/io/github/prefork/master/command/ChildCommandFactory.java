package io.github.prefork.master.command;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildProperties;
import io.github.prefork.master.memory.MemoryBudget;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * Makes the command of a child from that of the master. Our own options stand right after
 * the program, so that the user's win; those meant for the children stand last, so that
 * they win over the master's.
 */
public final class ChildCommandFactory {

	private static final String RESTART = "-Dspring.devtools.restart.enabled=";

	/** That of a child would have the dumps removed that its predecessors have left. */
	private static final String NO_LABEL = "none";

	private static final ChannelAddress NO_CHANNEL = new ChannelAddress(0, 0, "", "");

	private static final Log logger = LogFactory.getLog(ChildCommandFactory.class);

	private final CommandSource source;

	private final HeapOptions heap;

	ChildCommandFactory(CommandSource source) {
		this.source = source;
		this.heap = new HeapOptions(source.memory(), source.optionsOfMaster());
	}

	/**
	 * Return the factory for children of this JVM.
	 * @param settings what the user wants in the children
	 * @param memory what their heap is worked out from
	 * @param warnings takes what the operator has to know of the command line
	 * @return the factory
	 */
	public static ChildCommandFactory ofThisJvm(ChildSettings settings, MemoryBudget memory,
			Consumer<String> warnings) {
		return new ChildCommandFactory(CommandSource.ofThisJvm(settings, memory, warnings));
	}

	/**
	 * Load what finding out the command of this JVM needs.
	 */
	public static void load() {
		ProcessHandle.current().info();
		ManagementFactory.getRuntimeMXBean().getInputArguments();
	}

	/**
	 * Make the command of a child.
	 * @param slot the slot of the child
	 * @param generation its generation
	 * @param label names its files; no other live process has it
	 * @param channel where and how it claims its place
	 * @param form how it differs from the plain one
	 * @return the command
	 */
	public ChildCommand create(int slot, int generation, String label, ChannelAddress channel, StartForm form) {
		ChildSettings settings = this.source.settings();
		InheritedOptions inherited = InheritedOptions.of(this.source, label, this.heap);
		log(slot, inherited);
		Map<String, String> environment = ChildEnvironment.of(inherited.environment(), settings.environment(), slot,
				generation, channel);
		List<String> command = own(label, channel, environment);
		command.addAll(form.options());
		int afterOwn = command.size();
		command.addAll(inherited.commandLine(environment, this.source.files()));
		command.addAll(settings.jvmArguments());
		command.addAll(form.target().isEmpty() ? this.source.master().target() : form.target());
		command.addAll(this.source.master().arguments());
		command.addAll(settings.arguments());
		command.addAll(afterOwn, missing(ReadOptions.of(command, environment, this.source.files()), label, form));
		return new ChildCommand(slot, generation, command, environment);
	}

	private List<String> own(String label, ChannelAddress channel, Map<String, String> environment) {
		List<String> own = new ArrayList<>();
		own.add(this.source.master().executable());
		own.add("-D" + ChildProperties.LAUNCHED_BY + "=" + channel.masterPid());
		own.add(FileLabel.OPTION + label);
		own.addAll(ProcessorOptions.of(this.source.settings(), environment));
		if (this.source.devTools()) {
			own.add(RESTART + false);
		}
		own.addAll(this.heap.options(HeapSizes.of(this.source.optionsForChildren())));
		return own;
	}

	private List<String> missing(List<String> read, String label, StartForm form) {
		List<String> missing = new ArrayList<>();
		if (form.loadsClasses() && LoadClassesOption.isUseful(read)) {
			missing.add(LoadClassesOption.LOAD);
		}
		if (Collector.isMissing(read)) {
			missing.add(Collector.OF_ONE_PROCESSOR);
		}
		if (!OutOfMemoryOption.isDecidedBy(read)) {
			missing.add(OutOfMemoryOption.EXIT);
		}
		missing.addAll(FileDefaults.of(read, label, this.source.files()));
		return missing;
	}

	private static void log(int slot, InheritedOptions inherited) {
		log(slot, "in the file of flags option", inherited.flags().changes());
		inherited.variables().forEach((name, variable) -> log(slot, "in " + name + " option", variable.changes()));
		log(slot, "option", inherited.options().changes());
	}

	private static void log(int slot, String what, List<OptionChange> changes) {
		changes.forEach((change) -> logger.debug(LogMessage.format("Child in slot %d: %s %s", slot, what, change)));
	}

	/**
	 * Make the plain command of a child, to be looked at.
	 * @return the command
	 */
	ChildCommand plain() {
		return withoutPlace(NO_LABEL, StartForm.PLAIN);
	}

	/**
	 * Make the command of a child that has no place to claim.
	 * @param label names its files
	 * @param form how it differs from the plain one
	 * @return the command
	 */
	ChildCommand withoutPlace(String label, StartForm form) {
		return create(0, 0, label, NO_CHANNEL, form);
	}

	CommandSource source() {
		return this.source;
	}

	HeapOptions heap() {
		return this.heap;
	}

}
