package io.github.prefork.master;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;

/**
 * Launches early children that are shell scripts.
 */
public final class EarlyChildren {

	/**
	 * What was started.
	 */
	public final List<Process> processes = new CopyOnWriteArrayList<>();

	final List<ChildCommand> commands = new CopyOnWriteArrayList<>();

	/**
	 * Launch a child that waits.
	 * @param settings the settings of its master
	 * @return the child
	 */
	public EarlyChild launch(MasterSettings settings) {
		return launch(TestFleet.SLEEP, settings);
	}

	EarlyChild launch(String script, MasterSettings settings) {
		return EarlyChild.launch(settings, (command) -> {
			Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
			this.commands.add(command);
			this.processes.add(process);
			return process;
		});
	}

	/**
	 * Speak to the master as the last child that was launched.
	 * @param listener is told what the master says
	 * @return its end of the channel, which closes when the master has closed its own
	 * @throws Exception if it can't claim its place
	 */
	public ChildChannel claim(Consumer<ToChild> listener) throws Exception {
		int last = this.commands.size() - 1;
		return TestFleet.claim(this.commands.get(last), this.processes.get(last), listener);
	}

	/**
	 * Return whether no process lives and no thread is left.
	 * @return whether that is so
	 */
	public boolean areGone() {
		return this.processes.stream().noneMatch(Process::isAlive) && TestFleet.threads().isEmpty();
	}

}
