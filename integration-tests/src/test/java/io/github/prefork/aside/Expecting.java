package io.github.prefork.aside;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;

/**
 * What the tests of this package wait for.
 */
final class Expecting {

	static final Duration START = Duration.ofSeconds(90);

	static final Duration STOP = Duration.ofSeconds(20);

	/**
	 * The port of an application that is no master.
	 */
	static final LongFunction<Pattern> OWN_PORT = (pid) -> Pattern
		.compile(pid + " --- .*(?:Netty|Tomcat) started on port (\\d+)");

	private static final int TIMEOUT_MILLIS = 10_000;

	private static final String NOT_ACTIVE = "Prefork is not active: ";

	private Expecting() {
	}

	static void line(FleetProcess fleet, String pattern) {
		fleet.awaitOutput(Pattern.compile(pattern), START);
	}

	static void line(FleetProcess fleet, String pattern, int from) {
		fleet.awaitOutput(Pattern.compile(pattern), from, START);
	}

	static void started(FleetProcess fleet) {
		line(fleet, " " + fleet.pid() + " --- .*: Started \\w+ in ");
	}

	static List<String> linesOf(FleetProcess fleet, String part) {
		return fleet.output().stream().filter((line) -> line.contains(part)).toList();
	}

	/** Return the lines that say why prefork is not active: their level and reason. */
	static List<String> reasons(FleetProcess fleet) {
		return linesOf(fleet, NOT_ACTIVE).stream()
			.map((line) -> (line.contains(" WARN ") ? "WARN " : "INFO ")
					+ line.substring(line.indexOf(NOT_ACTIVE) + NOT_ACTIVE.length()))
			.toList();
	}

	static String http(String method, int port, String path) throws IOException {
		HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path)
			.toURL()
			.openConnection();
		connection.setRequestMethod(method);
		connection.setRequestProperty("Connection", "close");
		connection.setConnectTimeout(TIMEOUT_MILLIS);
		connection.setReadTimeout(TIMEOUT_MILLIS);
		try (InputStream body = connection.getInputStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	/** Return the lines at WARN that have nothing to do with the tests' environment. */
	static List<String> warnings(FleetProcess fleet) {
		// A busy machine lets a child stall for a moment
		return linesOf(fleet, " WARN ").stream().filter((line) -> !line.contains(" is stalled for ")).toList();
	}

}
