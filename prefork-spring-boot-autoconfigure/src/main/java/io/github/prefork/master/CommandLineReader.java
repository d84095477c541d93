package io.github.prefork.master;

import io.github.prefork.PreforkException;

/**
 * Finds out how to start this application again. The command line that the system tells
 * is taken as it is; where it does not tell, or an argument file hides a part of it (it
 * may be gone by now), the command line is put together from what the JVM reports.
 */
final class CommandLineReader {

	private CommandLineReader() {
	}

	/**
	 * Return how this JVM was started.
	 * @return how to start it again
	 * @throws PreforkException if there is no way to know
	 */
	static LaunchCommand read() {
		return read(JvmFactsReader.read());
	}

	static LaunchCommand read(JvmFacts facts) {
		return CommandLineParser.parse(facts.executable(), facts.commandLine())
			.orElseGet(() -> new ReportedCommandLine(facts).read());
	}

}
