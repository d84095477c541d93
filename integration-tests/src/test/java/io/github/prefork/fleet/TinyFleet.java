package io.github.prefork.fleet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A main class that looks to the harness like a master with children, without any of
 * prefork.
 */
public final class TinyFleet {

	private static final String CHILD = "TINY_CHILD";

	private TinyFleet() {
	}

	/**
	 * Run a master, or in its children a child.
	 * @param args {@code children=N}, {@code serve}, {@code leave=FILE}, {@code exit=N};
	 * anything else is printed only
	 * @throws Exception on failure
	 */
	public static void main(String[] args) throws Exception {
		long pid = ProcessHandle.current().pid();
		if (System.getenv(CHILD) != null) {
			System.out.println("child " + pid + " is up");
			watchMaster(pid);
		}
		else {
			System.out.println("master with " + List.of(args) + " and FLAVOUR=" + System.getenv("FLAVOUR"));
			System.err.println("h\u00e9llo on standard error");
			for (String arg : args) {
				act(arg, pid);
			}
		}
		new CountDownLatch(1).await();
	}

	private static void act(String arg, long pid) throws IOException {
		String value = arg.substring(arg.indexOf('=') + 1);
		switch (arg.split("=")[0]) {
			case "children" -> launch(Integer.parseInt(value));
			case "serve" -> serve(pid);
			case "leave" -> Files.createFile(Path.of(System.getProperty("java.io.tmpdir"), value));
			case "exit" -> System.exit(Integer.parseInt(value));
			default -> {
			}
		}
	}

	private static void launch(int count) throws IOException {
		for (int i = 0; i < count; i++) {
			ProcessBuilder builder = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
					"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), TinyFleet.class.getName());
			builder.environment().put(CHILD, "true");
			builder.inheritIO().start();
		}
	}

	private static void watchMaster(long pid) {
		ProcessHandle.current()
			.parent()
			.ifPresent((master) -> master.onExit().thenRun(() -> System.out.println("child " + pid + " is an orphan")));
	}

	private static void serve(long pid) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		int port = server.getAddress().getPort();
		server.createContext("/", (exchange) -> answer(exchange, 200, "path " + exchange.getRequestURI()));
		server.createContext("/broken", (exchange) -> answer(exchange, 500, "broken"));
		server.createContext("/actuator/metrics/none", (exchange) -> answer(exchange, 404, ""));
		server.createContext("/actuator/metrics/some",
				(exchange) -> answer(exchange, 200,
						"{\"name\":\"%s\",\"measurements\":[{\"statistic\":\"VALUE\",\"value\":2.5E1}]}"
							.formatted(exchange.getRequestURI().getRawQuery())));
		server.start();
		System.out.println("INFO 1 --- [main] other: Netty started on port 1 (http)");
		System.out.println("INFO " + pid + " --- [main] server: Netty started on port " + port + " (http)");
		System.out.println("Prefork master listening on port(s) " + port);
	}

	private static void answer(HttpExchange exchange, int status, String body) throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, (bytes.length > 0) ? bytes.length : -1);
		exchange.getResponseBody().write(bytes);
		exchange.close();
	}

}
