package io.github.prefork.master;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.prefork.ChildCommand;

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
	 * Return whether no process lives and no thread is left.
	 * @return whether that is so
	 */
	public boolean areGone() {
		return this.processes.stream().noneMatch(Process::isAlive) && TestFleet.threads().isEmpty();
	}

}
