package io.github.prefork.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * Makes the command of a child from that of the master. Our own options stand right after
 * the program, so that the user's win; those meant for the children stand last, so that
 * they win over the master's.
 */
final class ChildCommandFactory {

	/** Follow {@code prefork.child.processors}, whatever the master was started with. */
	private static final List<String> OWN_OPTIONS = List.of("-XX:ActiveProcessorCount=",
			"-Dreactor.netty.ioWorkerCount=");

	private static final Log logger = LogFactory.getLog(ChildCommandFactory.class);

	private final LaunchCommand master;

	private final Map<String, String> masterEnvironment;

	private final ChildSettings settings;

	ChildCommandFactory(LaunchCommand master, Map<String, String> masterEnvironment, ChildSettings settings) {
		this.master = master;
		this.masterEnvironment = Map.copyOf(masterEnvironment);
		this.settings = settings;
	}

	/**
	 * Return the factory for children of this JVM.
	 * @param settings what the user wants in the children
	 * @return the factory
	 */
	static ChildCommandFactory ofThisJvm(ChildSettings settings) {
		return new ChildCommandFactory(CommandLineReader.read(), System.getenv(), settings);
	}

	/**
	 * Make the command of a child.
	 * @param slot the slot of the child
	 * @param generation its generation
	 * @param channel where and how it claims its place
	 * @return the command
	 */
	ChildCommand create(int slot, int generation, ChannelAddress channel) {
		Map<String, String> environment = ChildEnvironment.of(this.masterEnvironment, this.settings.environment(), slot,
				generation, channel);
		ChildOptions options = ChildOptions.of(this.master.options(), slot);
		options.changes()
			.forEach((change) -> logger.debug(LogMessage.format("Child in slot %d: option %s", slot, change)));
		List<String> command = new ArrayList<>();
		command.add(this.master.executable());
		command.addAll(ownOptions(environment));
		JvmOption.tokens(options.options())
			.stream()
			.filter((option) -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
			.forEach(command::add);
		command.addAll(this.settings.jvmArguments());
		command.addAll(this.master.target());
		command.addAll(this.master.arguments());
		command.addAll(this.settings.arguments());
		return new ChildCommand(slot, generation, command, environment);
	}

	private List<String> ownOptions(Map<String, String> environment) {
		List<String> given = Stream
			.of(this.settings.jvmArguments(), JvmEnvironmentOptions.before(environment),
					JvmEnvironmentOptions.after(environment))
			.flatMap(List::stream)
			.toList();
		return OWN_OPTIONS.stream()
			.filter((prefix) -> given.stream().noneMatch((option) -> option.startsWith(prefix)))
			.map((prefix) -> prefix + this.settings.processors())
			.toList();
	}

}
