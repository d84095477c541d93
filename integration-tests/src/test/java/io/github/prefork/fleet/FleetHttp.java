package io.github.prefork.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Simple HTTP calls, each on a connection of its own so that any child can get it.
 */
final class FleetHttp {

	private static final int TIMEOUT_MILLIS = 10_000;

	private static final Pattern MEASUREMENT = Pattern.compile("\"value\"\\s*:\\s*\"?([-+.\\w]+)");

	private FleetHttp() {
	}

	static FleetResponse exchange(int port, String method, String path, @Nullable String body) throws IOException {
		URI uri = URI.create("http://127.0.0.1:" + port + path);
		HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
		connection.setConnectTimeout(TIMEOUT_MILLIS);
		connection.setReadTimeout(TIMEOUT_MILLIS);
		connection.setRequestMethod(method);
		connection.setRequestProperty("Connection", "close");
		try {
			if (body != null) {
				send(connection, body);
			}
			int status = connection.getResponseCode();
			return new FleetResponse(status, content(connection, status));
		}
		finally {
			connection.disconnect();
		}
	}

	private static void send(HttpURLConnection connection, String body) throws IOException {
		connection.setDoOutput(true);
		connection.setRequestProperty("Content-Type", "application/json");
		try (OutputStream output = connection.getOutputStream()) {
			output.write(body.getBytes(StandardCharsets.UTF_8));
		}
	}

	private static String content(HttpURLConnection connection, int status) throws IOException {
		try (InputStream input = (status < 400) ? connection.getInputStream() : connection.getErrorStream()) {
			return (input != null) ? new String(input.readAllBytes(), StandardCharsets.UTF_8) : "";
		}
	}

	/**
	 * Read the first measurement of a meter from the actuator.
	 * @param port the management port
	 * @param name the meter
	 * @param tags tags as {@code key:value}
	 * @return the value, or empty if there is no such meter
	 * @throws IOException on failure
	 */
	static OptionalDouble metric(int port, String name, String... tags) throws IOException {
		StringBuilder path = new StringBuilder("/actuator/metrics/").append(name);
		for (String tag : tags) {
			path.append((path.indexOf("?") < 0) ? "?tag=" : "&tag=")
				.append(URLEncoder.encode(tag, StandardCharsets.UTF_8));
		}
		FleetResponse response = exchange(port, "GET", path.toString(), null);
		if (response.status() == 404) {
			return OptionalDouble.empty();
		}
		Matcher matcher = MEASUREMENT.matcher(response.successfulBody());
		if (!matcher.find()) {
			throw new IOException("no measurement in: " + response.body());
		}
		return OptionalDouble.of(Double.parseDouble(matcher.group(1)));
	}

}
