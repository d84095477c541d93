package io.github.prefork.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The commands of the operating system that the JDK has no call for.
 */
final class OsCommands {

	private static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal");

	private static final boolean SESSIONS = works(List.of("setsid", "true"));

	private static final boolean SIGNAL_DEFAULTS = works(List.of("env", "--default-signal", "true"));

	private OsCommands() {
	}

	static boolean hasSessions() {
		return SESSIONS;
	}

	/**
	 * Return what has to stand before a command. Both commands replace themselves by the
	 * one that follows, so that the pid stays.
	 * @param ownSession whether the process shall lead a session and process group
	 * @return the first words of a command line
	 */
	static List<String> prefix(boolean ownSession) {
		List<String> prefix = new ArrayList<>();
		if (SIGNAL_DEFAULTS) {
			// A background job of a shell ignores SIGINT, and so does all that it starts
			prefix.addAll(DEFAULT_SIGNALS);
		}
		if (ownSession) {
			prefix.add("setsid");
		}
		return prefix;
	}

	/**
	 * Send a signal.
	 * @param signal its name without SIG
	 * @param target a process id, or the negative of a process group's
	 * @throws IllegalStateException if it could not be sent
	 */
	static void kill(String signal, long target) {
		List<String> command = List.of("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal, Long.toString(target));
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (waitFor(process) != 0) {
				throw new IllegalStateException("cannot send %s to %d: %s".formatted(signal, target, output.trim()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean works(List<String> command) {
		try {
			return waitFor(new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()) == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int waitFor(Process process) {
		try {
			return (process.waitFor(5, TimeUnit.SECONDS)) ? process.exitValue() : -1;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return -1;
		}
	}

}
