package io.github.prefork.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Operations by {@code /actuator/prefork}, on a port of the master and on that of the
 * children.
 */
@Timeout(300)
class EndpointIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@Test
	void masterOnItsPortTakesOperations() throws Exception {
		FleetProcess fleet = this.fleets.sample().args("--prefork.children=2").start();
		int port = fleet.managementPort();
		List<Long> before = fleet.childPids();
		assertThat(get(port, "")).startsWith("{\"role\":\"MASTER\",\"generation\":0,\"desired\":2,\"ready\":2,");
		long kept = pid(port, 0);
		long replaced = pid(port, 1);
		assertThat(before).containsExactlyInAnyOrder(kept, replaced);

		hangUp(port, "recycle?slot=1");
		assertThat(post(port, "restart")).satisfies((response) -> {
			assertThat(response.statusCode()).isEqualTo(409);
			assertThat(response.body()).startsWith("{\"id\":2,").contains("\"outcome\":\"refused\"");
		});
		awaitEnd(port, 1);
		assertThat(fleet.childPids()).contains(kept).doesNotContain(replaced);

		assertThat(post(port, "restart?wait=4m")).satisfies((response) -> {
			assertThat(response.statusCode()).isEqualTo(200);
			assertThat(response.body()).startsWith("{\"id\":3,").contains("\"success\":true", "\"replaced\":2");
		});
		assertThat(fleet.childPids()).hasSize(2).doesNotContainAnyElementsOf(before);
	}

	@Test
	void childrenOnTheirPortForwardOperationsAndDoNotWaitForTheirOwnEnd() throws Exception {
		FleetProcess fleet = this.fleets.sample()
			.args("--prefork.children=2", "--management.server.port=", "--prefork.drain.timeout=30s")
			.start();
		int port = fleet.port();
		List<Long> before = fleet.childPids();
		assertThat(get(port, "")).startsWith("{\"role\":\"CHILD\",\"generation\":0,\"desired\":2,\"ready\":2,");
		assertThat(post(port, "recycle?slot=2").statusCode()).isEqualTo(400);

		// The child that waits is one of those that it replaces
		assertThat(post(port, "restart?wait=4m")).satisfies((response) -> {
			assertThat(response.statusCode()).isEqualTo(202);
			assertThat(response.body()).startsWith("{\"id\":1,").contains("\"outcome\":\"running\"");
		});
		awaitEnd(port, 1);
		assertThat(fleet.childPids()).hasSize(2).doesNotContainAnyElementsOf(before);
		assertThat(Waiting.linesOf(fleet, "cuts off")).isEmpty();

		hangUp(port, "recycle?slot=0");
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(Waiting.STOP)).isEqualTo(143);
		fleet.awaitNoProcess(Waiting.STOP);
	}

	private static long pid(int port, int slot) throws IOException {
		Matcher matcher = Pattern.compile("\"slot\":%d,\"generation\":0,\"pid\":(\\d+)".formatted(slot))
			.matcher(get(port, ""));
		assertThat(matcher.find()).isTrue();
		return Long.parseLong(matcher.group(1));
	}

	private static void awaitEnd(int port, long id) {
		Awaitility.await()
			.atMost(Waiting.START)
			.ignoreExceptionsInstanceOf(IOException.class)
			.untilAsserted(() -> assertThat(get(port, "/" + id)).contains("\"outcome\":\"finished\""));
	}

	private static void hangUp(int port, String operation) throws IOException {
		String name = operation.replaceFirst("\\?.*", "");
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream()
				.write("POST /actuator/prefork/%s HTTP/1.1\r\nHost: fleet\r\nContent-Length: 0\r\n\r\n"
					.formatted(operation)
					.getBytes(StandardCharsets.US_ASCII));
			Awaitility.await()
				.atMost(Waiting.STOP)
				.untilAsserted(() -> assertThat(get(port, ""))
					.containsPattern("\"" + name + "\"[^}]*\"outcome\":\"running\""));
		}
	}

	// On a connection of its own, so that any child can get it
	private static String get(int port, String path) throws IOException {
		URLConnection connection = uri(port, path).toURL().openConnection();
		connection.setRequestProperty("Connection", "close");
		try (InputStream body = connection.getInputStream()) {
			return new String(body.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static HttpResponse<String> post(int port, String operation) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(uri(port, "/" + operation))
			.version(HttpClient.Version.HTTP_1_1)
			.POST(HttpRequest.BodyPublishers.noBody())
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static URI uri(int port, String path) {
		return URI.create("http://127.0.0.1:" + port + "/actuator/prefork" + path);
	}

}
