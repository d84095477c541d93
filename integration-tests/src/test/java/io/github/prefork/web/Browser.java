package io.github.prefork.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * A client with the JDK's HTTP client. Each has its own connections.
 *
 * @param client the client
 * @param server the URI of the server, without a path
 */
record Browser(HttpClient client, String server) {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final ExecutorService EXECUTOR = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "browser");
		thread.setDaemon(true);
		return thread;
	});

	static Browser https(int port, SSLContext context, Version version) {
		return new Browser(builder(version).sslContext(context).build(), "https://127.0.0.1:" + port);
	}

	static Browser http(int port, Version version) {
		return new Browser(builder(version).build(), "http://127.0.0.1:" + port);
	}

	private static HttpClient.Builder builder(Version version) {
		return HttpClient.newBuilder().executor(EXECUTOR).version(version).connectTimeout(TIMEOUT);
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.server + path)).timeout(TIMEOUT);
	}

	Answer get(String path, String... headers) throws IOException, InterruptedException {
		return send(path, null, headers);
	}

	Answer post(String path, String body, String... headers) throws IOException, InterruptedException {
		return send(path, body, headers);
	}

	private Answer send(String path, @Nullable String body, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = request(path);
		if (headers.length > 0) {
			request.headers(headers);
		}
		if (body != null) {
			request.header("Content-Type", "text/plain").POST(HttpRequest.BodyPublishers.ofString(body));
		}
		return Answer.of(this.client.send(request.build(), BodyHandlers.ofByteArray()));
	}

}
