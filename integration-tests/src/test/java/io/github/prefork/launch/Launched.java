package io.github.prefork.launch;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.prefork.fleet.FleetProcess;

/**
 * What the one child of a fleet says, and what the system says of it.
 *
 * @param fleet the fleet
 */
record Launched(FleetProcess fleet) {

	List<String> arguments() throws IOException {
		return get("/arguments");
	}

	List<String> options() throws IOException {
		return get("/options");
	}

	String property(String name) throws IOException {
		return get("/property?name=" + name).get(0);
	}

	String variable(String name) throws IOException {
		return get("/variable?name=" + name).get(0);
	}

	private List<String> get(String path) throws IOException {
		return Arrays.stream(this.fleet.get(path).split("\n", -1))
			.map((line) -> URLDecoder.decode(line, StandardCharsets.UTF_8))
			.toList();
	}

	List<String> masterCommandLine() throws IOException {
		// It has none while the system still puts the JVM into the process
		this.fleet.port();
		return commandLine(this.fleet.pid());
	}

	List<String> commandLine() throws IOException {
		return commandLine(child());
	}

	long child() {
		return this.fleet.childPids().get(0);
	}

	// Without the program, whose path need not be the same
	private static List<String> commandLine(long pid) throws IOException {
		String text = Files.readString(Path.of("/proc/" + pid + "/cmdline"));
		List<String> tokens = Arrays.asList(text.substring(0, text.length() - 1).split("\0", -1));
		return tokens.subList(1, tokens.size());
	}

}
