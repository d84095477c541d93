package io.github.prefork.load;

import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What load to put on which server. Made by {@link #to(int)}.
 *
 * @param host the server's host name or address
 * @param port the server's port
 * @param path the path with its query
 * @param method the request method
 * @param body the request body, sent as UTF-8; empty for none
 * @param rate the number of requests per second, all connections together
 * @param connections the largest number of requests at the same time
 * @param requests the number of requests in the whole run
 * @param mode how long a connection lives
 * @param timeout the longest time from a request's actual start to its complete response
 * @param echoed whether the body of a response must be that of the request
 */
public record LoadPlan(String host, int port, String path, String method, String body, double rate, int connections,
		long requests, ConnectionMode mode, Duration timeout, boolean echoed) {

	private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]*");

	private static final Pattern METHOD = Pattern.compile("[A-Za-z]+");

	public LoadPlan {
		check(!host.isBlank(), "host must not be empty");
		check(port > 0 && port <= 65535, "port must be given, from 1 to 65535");
		check(PATH.matcher(path).matches(), "path must start with '/' and hold printable ASCII only");
		check(METHOD.matcher(method).matches(), "method must be letters");
		check(rate > 0 && rate <= 1e6, "rate must be positive, at most 1000000");
		check(connections > 0 && connections <= 10_000, "connections must be from 1 to 10000");
		check(requests > 0, "requests, or rate x duration, must be at least 1");
		check(!timeout.isNegative() && !timeout.isZero(), "timeout must be positive");
	}

	/**
	 * Start a plan for a server on this machine: unless told otherwise, {@code GET /} on
	 * a new connection each, 100 requests/s for 10 s on 16 connections, 10 s timeout.
	 * @param port the server's port
	 * @return a builder
	 */
	public static LoadPlanBuilder to(int port) {
		return new LoadPlanBuilder(port);
	}

	InetSocketAddress address() {
		InetSocketAddress address = new InetSocketAddress(this.host, this.port);
		check(!address.isUnresolved(), "host '" + this.host + "' is unknown");
		return address;
	}

	byte[] toRequest() {
		byte[] content = content();
		StringBuilder head = new StringBuilder().append("%s %s HTTP/1.1\r\n".formatted(this.method, this.path))
			.append("Host: %s\r\nUser-Agent: prefork-load\r\nAccept: */*\r\n".formatted(authority()));
		if (content.length > 0 || this.method.startsWith("P")) {
			head.append("Content-Type: text/plain;charset=UTF-8\r\nContent-Length: %d\r\n".formatted(content.length));
		}
		head.append((this.mode.keepsAlive()) ? "\r\n" : "Connection: close\r\n\r\n");
		byte[] start = head.toString().getBytes(StandardCharsets.US_ASCII);
		byte[] request = new byte[start.length + content.length];
		System.arraycopy(start, 0, request, 0, start.length);
		System.arraycopy(content, 0, request, start.length, content.length);
		return request;
	}

	byte[] content() {
		return this.body.getBytes(StandardCharsets.UTF_8);
	}

	private String authority() {
		return ((this.host.contains(":")) ? "[" + this.host + "]" : this.host) + ":" + this.port;
	}

	private static void check(boolean valid, String message) {
		if (!valid) {
			throw new IllegalArgumentException(message);
		}
	}

	@Override
	public String toString() {
		return "%s http://%s%s, %d requests at %s/s on %d %s connections, timeout %d ms".formatted(this.method,
				authority(), this.path, this.requests,
				BigDecimal.valueOf(this.rate).stripTrailingZeros().toPlainString(), this.connections, this.mode,
				this.timeout.toMillis());
	}

}
