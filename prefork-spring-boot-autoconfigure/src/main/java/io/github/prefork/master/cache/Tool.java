package io.github.prefork.master.cache;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Runs a program that makes a part of the cache: one at a time, with the lowest priority,
 * and the first that the kernel ends when memory runs out. Closing it ends the program,
 * and so does the death of this JVM.
 */
final class Tool implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	private static final Duration GONE = Duration.ofSeconds(2);

	private static final List<String> OPTION_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
			"_JAVA_OPTIONS");

	private static final long PAUSE = 50;

	/** How SIGINT and SIGTERM end a program, which reach all processes of a service. */
	private static final Set<Integer> STOPPED = Set.of(130, 143);

	/** What the fleet may take beyond its grace period, to kill and clean up. */
	private static final Duration CLEAN_UP = Duration.ofSeconds(30);

	private final Duration timeout;

	private final Duration stop;

	private final List<String> shell;

	private @Nullable Process running;

	private boolean closed;

	/**
	 * Create what runs the programs of a fleet.
	 * @param gracePeriod how long the children of the fleet may take to end
	 */
	Tool(Duration gracePeriod) {
		this(TIMEOUT, gracePeriod.plus(CLEAN_UP), DeathWatch.SHELL);
	}

	/**
	 * Create an instance.
	 * @param timeout how long a program may run
	 * @param stop how long to wait, once a signal has ended a program, for the stop of
	 * the fleet; nobody else can make the cache meanwhile
	 * @param shell the shell that watches a program
	 */
	Tool(Duration timeout, Duration stop, List<String> shell) {
		this.timeout = timeout;
		this.stop = stop;
		this.shell = shell;
	}

	/**
	 * Run a JVM that gets its options from the command alone.
	 * @param command the command
	 * @param directory its working directory
	 * @throws IOException if it fails, takes too long or is ended
	 * @throws InterruptedException if interrupted
	 */
	void run(List<String> command, Path directory) throws IOException, InterruptedException {
		ProcessBuilder builder = builder(command, directory);
		builder.environment().keySet().removeAll(OPTION_VARIABLES);
		run(builder);
	}

	/**
	 * Run a JVM.
	 * @param command the command
	 * @param directory its working directory
	 * @param environment its whole environment
	 * @throws IOException if it fails, takes too long or is ended
	 * @throws InterruptedException if interrupted
	 */
	void run(List<String> command, Path directory, Map<String, String> environment)
			throws IOException, InterruptedException {
		ProcessBuilder builder = builder(command, directory);
		builder.environment().clear();
		builder.environment().putAll(environment);
		run(builder);
	}

	private static ProcessBuilder builder(List<String> command, Path directory) {
		List<String> nice = new ArrayList<>();
		for (String program : List.of("/usr/bin/nice", "/bin/nice")) {
			if (nice.isEmpty() && Files.isExecutable(Path.of(program))) {
				nice.addAll(List.of(program, "-n", "19"));
			}
		}
		nice.addAll(command);
		return new ProcessBuilder(nice).directory(directory.toFile())
			.redirectInput(new File("/dev/null"))
			.redirectErrorStream(true);
	}

	private void run(ProcessBuilder builder) throws IOException, InterruptedException {
		try (DeathWatch watch = DeathWatch.begin(this.shell)) {
			Process process = start(builder);
			try {
				watch.over(process.pid());
				expendable(process.pid());
				LastWords words = new LastWords();
				await(process, words);
				watch.ended();
				judge(process.exitValue(), words);
			}
			finally {
				end(process);
				ended();
			}
		}
	}

	private void await(Process process, LastWords words) throws IOException, InterruptedException {
		long begin = System.nanoTime();
		while (!process.waitFor(PAUSE, TimeUnit.MILLISECONDS)) {
			read(process, words);
			if (System.nanoTime() - begin > this.timeout.toNanos()) {
				throw new IOException("it took longer than " + this.timeout.toSeconds() + " s");
			}
		}
		read(process, words);
	}

	private void judge(int code, LastWords words) throws IOException, InterruptedException {
		if (STOPPED.contains(code)) {
			awaitClosed();
		}
		if (code != 0) {
			String said = words.toString();
			throw new IOException("it ended with exit code " + code + (said.isEmpty() ? "" : ": " + said));
		}
	}

	// No more than there is, as what it has launched may live on and hold the pipe
	private static void read(Process process, LastWords words) throws IOException {
		InputStream in = process.getInputStream();
		for (int available = in.available(); available > 0; available = in.available()) {
			words.add(new String(in.readNBytes(available), Charset.defaultCharset()));
		}
	}

	// It was no failure then, and what it was made of is kept
	private synchronized void awaitClosed() throws InterruptedException {
		long begin = System.nanoTime();
		Duration left = this.stop;
		while (!this.closed && left.toMillis() > 0) {
			wait(left.toMillis());
			left = this.stop.minusNanos(System.nanoTime() - begin);
		}
	}

	private synchronized Process start(ProcessBuilder builder) throws IOException {
		if (this.closed) {
			throw new IOException("the fleet stops");
		}
		Process process = builder.start();
		this.running = process;
		return process;
	}

	private synchronized void ended() {
		this.running = null;
	}

	private static void end(Process process) {
		if (process.isAlive()) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	private static void expendable(long pid) {
		try {
			Files.writeString(Path.of("/proc/" + pid + "/oom_score_adj"), "1000");
		}
		catch (IOException ex) {
			// It has ended, or this is no Linux
		}
	}

	/**
	 * End the program that runs, and wait a moment until it is gone.
	 */
	@Override
	public void close() {
		Process process;
		synchronized (this) {
			this.closed = true;
			notifyAll();
			process = this.running;
		}
		if (process != null) {
			end(process);
			try {
				process.waitFor(GONE.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
