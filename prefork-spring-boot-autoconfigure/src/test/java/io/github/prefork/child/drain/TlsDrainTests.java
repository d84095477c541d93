package io.github.prefork.child.drain;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerConnections} on connections whose protocol is negotiated in the
 * TLS handshake.
 */
@Timeout(60)
class TlsDrainTests {

	private static final char[] PASSWORD = "secret".toCharArray();

	private static final Duration LONG = Duration.ofMinutes(1);

	private static KeyManagerFactory keys;

	private static SSLContext trusting;

	private DrainedServer server;

	@BeforeAll
	static void createIdentity(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-storetype", "PKCS12",
				"-keystore", file.toString(), "-storepass", new String(PASSWORD))
			.start();
		assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(file)) {
			store.load(input, PASSWORD);
		}
		keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		keys.init(store, PASSWORD);
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(store);
		trusting = SSLContext.getInstance("TLS");
		trusting.init(null, trust.getTrustManagers(), null);
	}

	@BeforeEach
	void start() {
		this.server = new DrainedServer((server) -> server
			.secure((spec) -> spec.sslContext((GenericSslContextSpec<?>) Http2SslContextSpec.forServer(keys)))
			.protocol(HttpProtocol.H2, HttpProtocol.HTTP11));
	}

	@AfterEach
	void close() {
		this.server.close();
	}

	private SSLSocket connect(String protocol) throws IOException {
		SSLSocket socket = (SSLSocket) trusting.getSocketFactory()
			.createSocket(InetAddress.getLoopbackAddress(), this.server.port());
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(new String[] { protocol });
		socket.setSSLParameters(parameters);
		Awaitility.await().until(() -> this.server.connections().connections() > 0);
		return socket;
	}

	private void assertAllClosed() {
		assertThat(this.server.connections().closed()).succeedsWithin(5, TimeUnit.SECONDS);
	}

	@Test
	void drainWhenHttp1WasNegotiatedClosesAfterTheResponse() throws IOException {
		try (RawClient client = new RawClient(connect("http/1.1"))) {
			client.get("/quick");
			assertThat(client.response()).doesNotContain("connection:");
			this.server.drain(LONG);
			client.get("/quick");
			assertThat(client.response()).contains("connection: close");
			// Without a close of TLS this would be a failure
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenHttp2WasNegotiatedGoesAway() throws IOException {
		try (Http2Client client = new Http2Client(new RawClient(connect("h2")))) {
			client.get(1, "/quick");
			client.awaitResponse(1);
			this.server.drain(Duration.ZERO);
			assertThat(client.next(Http2Client.GOAWAY).number(0)).isEqualTo(Integer.MAX_VALUE);
			client.answer(client.next(Http2Client.PING));
			assertThat(client.next(Http2Client.GOAWAY).number(0)).isEqualTo(1);
			client.assertClosed();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenHandshakeComesLaterAnswersARequest() throws IOException {
		try (RawClient client = new RawClient(connect("http/1.1"))) {
			this.server.drain(LONG);
			client.get("/quick");
			assertThat(client.response()).contains("connection: close");
			assertThat(client.rest()).isEmpty();
		}
		assertAllClosed();
	}

	@Test
	void drainWhenHandshakeDoesNotComeClosesAfterTheIdleTimeout() throws IOException {
		try (SSLSocket socket = connect("h2")) {
			this.server.drain(Duration.ofMillis(200));
			assertAllClosed();
			assertThat(socket.isConnected()).isTrue();
		}
	}

}
