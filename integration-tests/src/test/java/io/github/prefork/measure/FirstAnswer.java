package io.github.prefork.measure;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

import io.github.prefork.fleet.FreePort;

/**
 * One start of the sample, measured from outside: the time from the start of its JVM
 * until somebody answers on its port with 200, and until all are ready.
 *
 * @param first the seconds until the first answer
 * @param ready the seconds until the application, with all of its children, is ready
 */
record FirstAnswer(double first, double ready) {

	private static final Duration DEADLINE = Duration.ofMinutes(2);

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

	private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	/**
	 * Start the sample with the default flags of the JVM, wait until it is ready, and
	 * stop it.
	 * @param directory where its files may be
	 * @param arguments its arguments; the ports are chosen here
	 * @return the times
	 * @throws Exception if it does not start
	 */
	static FirstAnswer of(Path directory, String... arguments) throws Exception {
		return of(directory, "Started SampleApplication in", arguments);
	}

	/**
	 * Start the sample and stop it when its start-up cache is made.
	 * @param directory where its files may be, the cache too
	 * @param arguments its arguments
	 * @throws Exception if it does not start
	 */
	static void fillCache(Path directory, String... arguments) throws Exception {
		of(directory, "The start-up cache is ready", arguments);
	}

	private static FirstAnswer of(Path directory, String last, String... arguments) throws Exception {
		int port = FreePort.next();
		File output = Files.createTempFile(directory, "output", ".txt").toFile();
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.io.tmpdir=" + directory,
				"-jar", System.getProperty("sample.jar"), "--server.port=" + port, "--management.server.port=0"));
		command.addAll(Arrays.asList(arguments));
		long begin = System.nanoTime();
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
		builder.environment().put("XDG_CACHE_HOME", directory.toString());
		Process process = builder.start();
		try {
			awaitAnswer(process, port);
			double first = secondsSince(begin);
			awaitLine(output, process, last);
			return new FirstAnswer(first, secondsSince(begin));
		}
		finally {
			end(process);
		}
	}

	private static void awaitAnswer(Process process, int port) throws TimeoutException {
		long deadline = System.nanoTime() + DEADLINE.toNanos();
		while (!answers(port)) {
			if (!process.isAlive() || System.nanoTime() > deadline) {
				throw new TimeoutException("no answer on port " + port);
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	// Refused until somebody can answer
	private static boolean answers(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			socket.getOutputStream().write(REQUEST);
			return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).endsWith(" 200");
		}
		catch (IOException ex) {
			return false;
		}
	}

	// The children write the same line, each with its own process id
	private static void awaitLine(File output, Process process, String text) throws IOException, TimeoutException {
		long deadline = System.nanoTime() + DEADLINE.toNanos();
		String own = " " + process.pid() + " --- ";
		while (Files.readAllLines(output.toPath())
			.stream()
			.noneMatch((line) -> line.contains(own) && line.contains(text))) {
			if (!process.isAlive() || System.nanoTime() > deadline) {
				throw new TimeoutException("not started: " + Files.readString(output.toPath()));
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

	private static double secondsSince(long begin) {
		return (System.nanoTime() - begin) / 1e9;
	}

	private static void end(Process process) throws InterruptedException {
		List<ProcessHandle> children = process.descendants().toList();
		process.destroy();
		if (!process.waitFor(1, TimeUnit.MINUTES)) {
			process.destroyForcibly();
			children.forEach(ProcessHandle::destroyForcibly);
		}
	}

}
