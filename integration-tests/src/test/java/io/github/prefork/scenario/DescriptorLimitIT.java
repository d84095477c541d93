package io.github.prefork.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.prefork.fleet.Descriptors;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child has no descriptor left for another connection.
 */
class DescriptorLimitIT {

	private static final Duration LIMITED = Duration.ofSeconds(4);

	/** How many connections the child can hold. */
	private static final int FREE = 8;

	/** A second of four: what spins takes all that the machine has to give. */
	private static final int MAX_TICKS = 100;

	private static final Pattern PID = Pattern.compile("(?i)X-Prefork-Pid: (\\d+)");

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	private final List<Socket> held = new ArrayList<>();

	@AfterEach
	void release() throws IOException {
		for (Socket socket : this.held) {
			socket.close();
		}
		this.held.clear();
	}

	@Test
	void limitWhenReachedLeavesConnectionsToSiblingsUntilDescriptorsAreFree() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2").start();
		int port = fleet.port();
		fleet.managementPort();
		Waiting.warmUp(port);
		List<Long> children = fleet.childPids();
		long victim = children.get(0);
		limitDescriptors(victim, highestDescriptor(victim) + 1 + FREE);
		int from = fleet.output().size();
		holdUntilReached(fleet, port, victim);

		assertThat(this.held).isNotEmpty();
		long ticks = ticks(victim);
		LoadReport report = LoadClient.run(LoadPlan.to(port).rate(50).connections(16).duration(LIMITED).build());
		ticks = ticks(victim) - ticks;
		long failures = failures(fleet, victim);
		System.out.println("Connections of the child at its limit: " + this.held.size() + ", its ticks: " + ticks
				+ ", its failures: " + failures + "\n" + report);
		assertThat(report.failures()).as(report.toString()).isEmpty();
		assertThat(report.requestsPerPid()).as(report.toString()).containsOnlyKeys(children.get(1));
		// Nobody waits until the child tries again; a busy machine delays a few by itself
		assertThat(report.latencies().p99()).as(report.toString()).isLessThan(Duration.ofSeconds(1));
		assertThat(ticks).as("CPU ticks of the child at its limit").isLessThan(MAX_TICKS);
		assertThat(failures).as("one in a second on each listener").isLessThanOrEqualTo(2 * (LIMITED.toSeconds() + 1));

		release();
		Awaitility.await("child serves again")
			.atMost(Duration.ofSeconds(15))
			.untilAsserted(() -> assertThat(LoadClient.run(LoadPlan.to(port).requests(20).build()).requestsPerPid())
				.containsKey(victim));
		Waiting.line(fleet, line(victim, "works again"), from);
		assertThat(fleet.childPids()).isEqualTo(children);
	}

	private void holdUntilReached(FleetProcess fleet, int port, long victim) throws Exception {
		Awaitility.await("limit reached")
			.atMost(Duration.ofSeconds(30))
			.pollInterval(Duration.ofMillis(1))
			.until(() -> {
				hold(port, victim);
				return failures(fleet, victim) > 0;
			});
	}

	private static long failures(FleetProcess fleet, long pid) {
		Pattern pattern = Pattern.compile(line(pid, "fails: .*Too many open files"));
		return fleet.output().stream().filter(pattern.asPredicate()).count();
	}

	private static String line(long pid, String end) {
		return "\\b" + pid + " --- .*Accepting on listener \\d+ " + end;
	}

	/**
	 * Open a connection, and keep it open if it is one of the child's.
	 * @param port the port of the fleet
	 * @param victim the process id of the child
	 * @throws IOException if the request is not answered
	 */
	private void hold(int port, long victim) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		this.held.add(socket);
		socket.setSoTimeout((int) Waiting.STOP.toMillis());
		socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		StringBuilder response = new StringBuilder();
		Matcher pid = PID.matcher(response);
		byte[] bytes = new byte[4096];
		while (!pid.reset().find()) {
			int length = socket.getInputStream().read(bytes);
			assertThat(length).as("bytes of the response").isPositive();
			response.append(new String(bytes, 0, length, StandardCharsets.US_ASCII));
		}
		if (Long.parseLong(pid.group(1)) != victim) {
			this.held.remove(socket);
			socket.close();
		}
	}

	private static void limitDescriptors(long pid, int limit) throws Exception {
		// As after ulimit -n, but once the child is up
		Process process = new ProcessBuilder("prlimit", "--pid", String.valueOf(pid), "--nofile=" + limit).inheritIO()
			.start();
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).isZero();
	}

	private static int highestDescriptor(long pid) throws IOException {
		return Collections.max(Descriptors.of(pid).keySet());
	}

	private static long ticks(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
			// After the name, which may hold blanks: state is the third field, utime and
			// stime are the fields 14 and 15
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
