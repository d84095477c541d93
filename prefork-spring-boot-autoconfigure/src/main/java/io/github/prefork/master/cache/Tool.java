package io.github.prefork.master.cache;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Runs a program that makes a part of the cache: one at a time, with the lowest priority,
 * and the first that the kernel ends when memory runs out. Closing it ends the program.
 */
final class Tool implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	private static final Duration GONE = Duration.ofSeconds(2);

	private static final List<String> OPTION_VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS",
			"_JAVA_OPTIONS");

	private @Nullable Process running;

	private boolean closed;

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
		File nothing = new File("/dev/null");
		return new ProcessBuilder(nice).directory(directory.toFile())
			.redirectInput(nothing)
			.redirectOutput(nothing)
			.redirectError(nothing);
	}

	private void run(ProcessBuilder builder) throws IOException, InterruptedException {
		Process process = start(builder);
		try {
			expendable(process.pid());
			if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				throw new IOException("it took longer than " + TIMEOUT.toMinutes() + " minutes");
			}
			if (process.exitValue() != 0) {
				throw new IOException("it ended with exit code " + process.exitValue());
			}
		}
		finally {
			process.destroyForcibly();
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
			process = this.running;
		}
		if (process != null) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
			try {
				process.waitFor(GONE.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
