package io.github.prefork.master.command;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.master.memory.MemoryBudget;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.util.ClassUtils;

/**
 * Makes the command of a child from that of the master. Our own options stand right after
 * the program, so that the user's win; those meant for the children stand last, so that
 * they win over the master's.
 */
public final class ChildCommandFactory {

	/** Follow {@code prefork.child.processors}, whatever the master was started with. */
	private static final List<String> PROCESSORS = List.of("-XX:ActiveProcessorCount=",
			"-Dreactor.netty.ioWorkerCount=");

	private static final String DEV_TOOLS = "org.springframework.boot.devtools.restart.Restarter";

	private static final String RESTART = "-Dspring.devtools.restart.enabled=";

	/** That of a child would have the dumps removed that its predecessors have left. */
	private static final String NO_LABEL = "none";

	private static final ChannelAddress NO_CHANNEL = new ChannelAddress(0, 0, "", "");

	private static final Log logger = LogFactory.getLog(ChildCommandFactory.class);

	private final LaunchCommand master;

	private final Map<String, String> masterEnvironment;

	private final ChildSettings settings;

	private final OptionFiles files;

	private final boolean devTools;

	private final MemoryBudget memory;

	private final HeapOptions heap;

	ChildCommandFactory(LaunchCommand master, Map<String, String> masterEnvironment, ChildSettings settings,
			OptionFiles files, boolean devTools, MemoryBudget memory) {
		this.master = master;
		this.masterEnvironment = Map.copyOf(masterEnvironment);
		this.settings = settings;
		this.files = files;
		this.devTools = devTools;
		this.memory = memory;
		this.heap = new HeapOptions(memory, ofMaster());
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
		JvmFacts facts = JvmFactsReader.read(warnings);
		OptionFiles files = OptionFiles.SYSTEM;
		return new ChildCommandFactory(CommandLineReader.read(facts, files, warnings),
				JvmEnvironmentOptions.expandArgumentFiles(facts.environment(), files), settings, files,
				ClassUtils.isPresent(DEV_TOOLS, null), memory);
	}

	/**
	 * Load what finding out the command of this JVM needs.
	 */
	public static void load() {
		ProcessHandle.current().info();
		ManagementFactory.getRuntimeMXBean().getInputArguments();
	}

	private static List<String> command(LaunchCommand master) {
		List<String> command = new ArrayList<>(List.of(master.executable()));
		command.addAll(JvmOption.tokens(master.options()));
		command.addAll(master.target());
		return command;
	}

	/**
	 * Make the command of a child.
	 * @param slot the slot of the child
	 * @param generation its generation
	 * @param label names its files; no other live process has it
	 * @param channel where and how it claims its place
	 * @return the command
	 */
	public ChildCommand create(int slot, int generation, String label, ChannelAddress channel) {
		return create(slot, generation, label, channel, StartForm.PLAIN);
	}

	/**
	 * Return how children are started, to be looked at.
	 * @return the plain way
	 */
	public ChildStart start() {
		return ChildStart.of(create(0, 0, NO_LABEL, NO_CHANNEL), this.master, this.files);
	}

	/**
	 * Make the command of a process that runs the application as a child would, but is
	 * none.
	 * @param form how it differs from the plain one
	 * @param label names its files
	 * @param properties properties of the application that it gets instead of what the
	 * arguments say, by their names
	 * @return the command
	 */
	public ChildCommand alone(StartForm form, String label, Map<String, String> properties) {
		ChildCommand child = create(0, 0, label, NO_CHANNEL, form);
		List<String> command = new ArrayList<>(child.command());
		// Of an argument that is given twice Spring makes a list
		command.removeIf((token) -> token.startsWith("-D" + ChannelAddress.LAUNCHED_BY_PROPERTY + "=")
				|| token.startsWith(FileLabel.OPTION)
				|| properties.keySet().stream().anyMatch((name) -> isArgument(token, name)));
		properties.forEach((name, value) -> command.add("--" + name + "=" + value));
		Map<String, String> environment = new HashMap<>(child.environment());
		environment.keySet()
			.removeAll(List.of(ChildEnvironment.SLOT, ChildEnvironment.GENERATION, ChannelAddress.VARIABLE));
		return new ChildCommand(0, 0, command, environment);
	}

	private static boolean isArgument(String token, String property) {
		String name = token.startsWith("--") ? token.substring(2).split("=", 2)[0] : "";
		return property.equals(name.toLowerCase(Locale.ROOT).replace('_', '.'));
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
		FlagsFile flags = flags(label);
		log(slot, "in the file of flags option", flags.changes());
		Map<String, String> environment = ChildEnvironment.of(masterEnvironment(slot, label, flags),
				this.settings.environment(), slot, generation, channel);
		ChildOptions options = ChildOptions.of(this.master.options(), label, this.files, flags.or(this.heap));
		log(slot, "option", options.changes());
		List<String> command = new ArrayList<>();
		command.add(this.master.executable());
		command.add("-D" + ChannelAddress.LAUNCHED_BY_PROPERTY + "=" + channel.masterPid());
		command.add(FileLabel.OPTION + label);
		command.addAll(ownOptions(environment));
		command.addAll(this.heap.options(HeapSizes.of(forChildren())));
		command.addAll(form.options());
		int afterOwn = command.size();
		Stream.of(flags.without(before(environment)), options.options())
			.flatMap((list) -> JvmOption.tokens(list).stream())
			.filter((option) -> PROCESSORS.stream().noneMatch(option::startsWith))
			.forEach(command::add);
		command.addAll(this.settings.jvmArguments());
		command.addAll(form.target().isEmpty() ? this.master.target() : form.target());
		command.addAll(this.master.arguments());
		command.addAll(this.settings.arguments());
		List<String> read = ReadOptions.of(command, environment, this.files);
		command.addAll(afterOwn, FileDefaults.of(read, label, this.files));
		if (!OutOfMemoryOption.isDecidedBy(read)) {
			command.add(afterOwn, OutOfMemoryOption.EXIT);
		}
		if (Collector.isMissing(read)) {
			command.add(afterOwn, Collector.OF_ONE_PROCESSOR);
		}
		return new ChildCommand(slot, generation, command, environment);
	}

	private FlagsFile flags(String label) {
		if (Stream
			.of(this.settings.jvmArguments(), before(this.settings.environment()),
					JvmEnvironmentOptions.after(this.settings.environment()))
			.flatMap(List::stream)
			.anyMatch(FlagsFile::isNamedBy)) {
			// The user says which one the children read
			return FlagsFile.AS_IT_IS;
		}
		Map<String, String> environment = inheritedEnvironment();
		List<String> options = new ArrayList<>(JvmEnvironmentOptions.before(environment));
		this.master.options().forEach((option) -> options.add(option.text()));
		options.addAll(JvmEnvironmentOptions.after(environment));
		return FlagsFile.of(options, label, this.files, this.heap);
	}

	private List<String> before(Map<String, String> environment) {
		return OptionsFile.reported(JvmEnvironmentOptions.before(environment), this.files);
	}

	private Map<String, String> inheritedEnvironment() {
		Map<String, String> environment = new HashMap<>(this.masterEnvironment);
		// What the user wants in the children is left alone
		environment.keySet().removeAll(this.settings.environment().keySet());
		return environment;
	}

	private Map<String, String> masterEnvironment(int slot, String label, FlagsFile flags) {
		Map<String, String> environment = inheritedEnvironment();
		JvmEnvironmentOptions.forChild(environment, label, this.files, flags.or(this.heap))
			.forEach((name, variable) -> {
				log(slot, "in " + name + " option", variable.changes());
				environment.compute(name, (same, value) -> variable.value());
			});
		return environment;
	}

	/**
	 * Tell what a child has of memory and processors.
	 * @return what it has
	 */
	public ChildMemory memory() {
		ChildCommand command = create(0, 0, NO_LABEL, NO_CHANNEL);
		List<String> read = ReadOptions.of(command.command(), command.environment(), this.files);
		return ChildMemory.of(this.memory, HeapChoice.decisive(this.settings, read, this.files),
				this.heap.divides(HeapSizes.of(forChildren())), ofMaster(), read);
	}

	private List<String> ofMaster() {
		return ReadOptions.of(command(this.master), this.masterEnvironment, this.files);
	}

	private List<String> forChildren() {
		List<String> command = new ArrayList<>(List.of(this.master.executable()));
		command.addAll(this.settings.jvmArguments());
		command.addAll(this.master.target());
		return ReadOptions.of(command, this.settings.environment(), this.files);
	}

	private void log(int slot, String what, List<OptionChange> changes) {
		changes.forEach((change) -> logger.debug(LogMessage.format("Child in slot %d: %s %s", slot, what, change)));
	}

	private List<String> ownOptions(Map<String, String> environment) {
		// What is read before the command line would lose against ours anyway
		List<String> given = Stream.of(this.settings.jvmArguments(), JvmEnvironmentOptions.after(environment))
			.flatMap(List::stream)
			.toList();
		List<String> own = new ArrayList<>();
		PROCESSORS.stream()
			.filter((prefix) -> given.stream().noneMatch((option) -> option.startsWith(prefix)))
			.forEach((prefix) -> own.add(prefix + this.settings.processors()));
		if (this.devTools) {
			own.add(RESTART + false);
		}
		return own;
	}

}
