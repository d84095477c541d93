package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
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

	private static final ChannelAddress NO_CHANNEL = new ChannelAddress(0, 0, "", "");

	private static final Log logger = LogFactory.getLog(ChildCommandFactory.class);

	private final LaunchCommand master;

	private final Map<String, String> masterEnvironment;

	private final ChildSettings settings;

	private final OptionFiles files;

	private final boolean devTools;

	ChildCommandFactory(LaunchCommand master, Map<String, String> masterEnvironment, ChildSettings settings,
			OptionFiles files, boolean devTools) {
		this.master = master;
		this.masterEnvironment = Map.copyOf(masterEnvironment);
		this.settings = settings;
		this.files = files;
		this.devTools = devTools;
	}

	/**
	 * Return the factory for children of this JVM.
	 * @param settings what the user wants in the children
	 * @return the factory
	 */
	public static ChildCommandFactory ofThisJvm(ChildSettings settings) {
		JvmFacts facts = JvmFactsReader.read();
		OptionFiles files = OptionFiles.SYSTEM;
		return new ChildCommandFactory(CommandLineReader.read(facts, files),
				JvmEnvironmentOptions.expandArgumentFiles(facts.environment(), files), settings, files,
				ClassUtils.isPresent(DEV_TOOLS, null));
	}

	/**
	 * Make the command of a child.
	 * @param slot the slot of the child
	 * @param generation its generation
	 * @param channel where and how it claims its place
	 * @return the command
	 */
	public ChildCommand create(int slot, int generation, ChannelAddress channel) {
		return create(slot, generation, channel, StartForm.PLAIN);
	}

	/**
	 * Return how children are started, to be looked at.
	 * @return the plain way
	 */
	public ChildStart start() {
		return ChildStart.of(create(0, 0, NO_CHANNEL), this.master, this.files);
	}

	/**
	 * Make the command of a process that runs the application as a child would, but is
	 * none.
	 * @param form how it differs from the plain one
	 * @param arguments more arguments of the application
	 * @return the command
	 */
	public ChildCommand alone(StartForm form, List<String> arguments) {
		ChildCommand child = create(0, 0, NO_CHANNEL, form);
		List<String> command = new ArrayList<>(child.command());
		command.removeIf((token) -> token.startsWith("-D" + ChannelAddress.LAUNCHED_BY_PROPERTY + "="));
		command.addAll(arguments);
		Map<String, String> environment = new HashMap<>(child.environment());
		environment.keySet()
			.removeAll(List.of(ChildEnvironment.SLOT, ChildEnvironment.GENERATION, ChannelAddress.VARIABLE));
		return new ChildCommand(0, 0, command, environment);
	}

	/**
	 * Make the command of a child.
	 * @param slot the slot of the child
	 * @param generation its generation
	 * @param channel where and how it claims its place
	 * @param form how it differs from the plain one
	 * @return the command
	 */
	public ChildCommand create(int slot, int generation, ChannelAddress channel, StartForm form) {
		FlagsFile flags = flags(slot);
		log(slot, "in the file of flags option", flags.changes());
		Map<String, String> environment = ChildEnvironment.of(masterEnvironment(slot, flags),
				this.settings.environment(), slot, generation, channel);
		ChildOptions options = ChildOptions.of(this.master.options(), slot, this.files, flags);
		log(slot, "option", options.changes());
		List<String> command = new ArrayList<>();
		command.add(this.master.executable());
		command.add("-D" + ChannelAddress.LAUNCHED_BY_PROPERTY + "=" + channel.masterPid());
		command.addAll(ownOptions(environment));
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
		if (!OutOfMemoryOption.isDecidedBy(ReadOptions.of(command, environment, this.files))) {
			command.add(afterOwn, OutOfMemoryOption.EXIT);
		}
		return new ChildCommand(slot, generation, command, environment);
	}

	private FlagsFile flags(int slot) {
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
		return FlagsFile.of(options, slot, this.files);
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

	private Map<String, String> masterEnvironment(int slot, FlagsFile flags) {
		Map<String, String> environment = inheritedEnvironment();
		JvmEnvironmentOptions.forChild(environment, slot, this.files, flags).forEach((name, variable) -> {
			log(slot, "in " + name + " option", variable.changes());
			environment.compute(name, (same, value) -> variable.value());
		});
		return environment;
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
