package io.github.prefork.master.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.prefork.ChildCommand;
import io.github.prefork.ChildLauncher;
import io.github.prefork.ChildLauncherException.Problem;
import io.github.prefork.ChildStartException;
import io.github.prefork.master.command.FileLabel;
import io.github.prefork.supervisor.ProcessLook;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * The processes of the children that live, by the number of their launch. All methods may
 * be called by any thread and none but {@link #close()} waits for a child.
 */
public final class ChildProcesses implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ChildProcesses.class);

	/** How long a killed process may take to be gone, before it is left to the system. */
	private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

	private final Object monitor = new Object();

	private final Map<Long, ChildProcess> children = new HashMap<>();

	private final ChildStarter starter;

	private final ExitListener listener;

	/** Those that the master has killed, and that have not gone yet. */
	private final Set<Long> killed = new HashSet<>();

	private boolean closed;

	/**
	 * Create the processes, none of them launched.
	 * @param launcher starts them
	 * @param listener is told when one has gone
	 */
	public ChildProcesses(ChildLauncher launcher, ExitListener listener) {
		this.starter = new ChildStarter(launcher);
		this.listener = listener;
	}

	/**
	 * Launch a child.
	 * @param launch the number of the launch, never used before
	 * @param command what to launch
	 * @return the process id; that of the wrapper if the launcher puts one in front
	 * @throws ChildStartException if no process was started or this is closed; nothing is
	 * left then and the listener is not called
	 */
	public long launch(long launch, ChildCommand command) {
		requireOpen(command);
		ChildProcess child = this.starter.start(command);
		logger.debug(LogMessage.format("Child %s launched", child));
		add(launch, child);
		try {
			child.process().onExit().whenComplete((process, ex) -> exited(launch, child));
		}
		catch (RuntimeException ex) {
			remove(launch);
			child.kill();
			throw this.starter.failure(command, Problem.NOT_WATCHABLE, ex);
		}
		return child.pid();
	}

	private void requireOpen(ChildCommand command) {
		synchronized (this.monitor) {
			if (this.closed) {
				throw closedFailure(command);
			}
		}
	}

	private void add(long launch, ChildProcess child) {
		boolean known;
		synchronized (this.monitor) {
			known = this.children.values().stream().anyMatch((other) -> other.process() == child.process());
			if (!known && !this.closed) {
				this.children.put(launch, child);
				return;
			}
		}
		if (known) {
			throw this.starter.failure(child.command(), Problem.RETURNED_BEFORE, null);
		}
		child.kill();
		throw closedFailure(child.command());
	}

	private ChildStartException closedFailure(ChildCommand command) {
		return new ChildStartException(command.slot(), null,
				"The child in slot " + command.slot() + " is not launched: the fleet stops", null);
	}

	private void exited(long launch, ChildProcess child) {
		boolean killed = remove(launch);
		int exitValue = child.exitValue();
		logger.debug(LogMessage.format("Child %s has gone with status %d", child, exitValue));
		this.listener.exited(launch, child, exitValue, killed);
	}

	private boolean remove(long launch) {
		synchronized (this.monitor) {
			this.children.remove(launch);
			return this.killed.remove(launch);
		}
	}

	/**
	 * Find a launch by its process.
	 * @param pid the process id
	 * @return the number of the launch, {@code null} if no such child lives
	 */
	public @Nullable Long launchOf(long pid) {
		synchronized (this.monitor) {
			for (Map.Entry<Long, ChildProcess> child : this.children.entrySet()) {
				if (child.getValue().pid() == pid) {
					return child.getKey();
				}
			}
			return null;
		}
	}

	/**
	 * Return what the children that live name their files by.
	 * @return their labels
	 */
	public Set<String> fileLabels() {
		synchronized (this.monitor) {
			return this.children.values()
				.stream()
				.flatMap((child) -> Stream.ofNullable(FileLabel.find(child.command().command())))
				.collect(Collectors.toSet());
		}
	}

	/**
	 * Return what the system tells about the process of a child.
	 * @param launch the number of the launch
	 * @return what is known
	 */
	public ProcessLook look(long launch) {
		ChildProcess child = find(launch);
		return (child != null) ? child.look() : ProcessLook.NONE;
	}

	/**
	 * Ask a child to end (SIGTERM). Has no effect if it has gone.
	 * @param launch the number of the launch
	 */
	public void terminate(long launch) {
		signal(launch, ChildProcess::terminate);
	}

	/**
	 * End a child at once (SIGKILL). Has no effect if it has gone.
	 * @param launch the number of the launch
	 */
	public void kill(long launch) {
		synchronized (this.monitor) {
			if (this.children.containsKey(launch)) {
				this.killed.add(launch);
			}
		}
		signal(launch, ChildProcess::kill);
	}

	private void signal(long launch, Consumer<ChildProcess> signal) {
		ChildProcess child = find(launch);
		if (child != null) {
			signal.accept(child);
		}
	}

	private @Nullable ChildProcess find(long launch) {
		synchronized (this.monitor) {
			return this.children.get(launch);
		}
	}

	/**
	 * Kill whatever is left and wait until it is gone, for at most five seconds. Nothing
	 * can be launched any more. The listener is still told of the exits.
	 */
	@Override
	public void close() {
		List<ChildProcess> left;
		synchronized (this.monitor) {
			this.closed = true;
			left = List.copyOf(this.children.values());
		}
		left.forEach(ChildProcess::kill);
		awaitExit(left);
	}

	private void awaitExit(List<ChildProcess> left) {
		long deadline = System.nanoTime() + KILL_TIMEOUT.toNanos();
		try {
			for (ChildProcess child : left) {
				if (!child.awaitExit(deadline - System.nanoTime())) {
					logger.warn(LogMessage.format("Child %s is still there after SIGKILL", child));
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Is told when a child has gone.
	 */
	@FunctionalInterface
	public interface ExitListener {

		/**
		 * A child has gone. Called once for each launch that succeeded, on any thread,
		 * perhaps before {@link ChildProcesses#launch} has returned; must not block.
		 * @param launch the number of the launch
		 * @param child the child
		 * @param exitValue the exit status: 128 and the number of the signal if one ended
		 * it, -1 if it is not known
		 * @param killed whether it was killed by {@link ChildProcesses#kill}
		 */
		void exited(long launch, ChildProcess child, int exitValue, boolean killed);

	}

}
