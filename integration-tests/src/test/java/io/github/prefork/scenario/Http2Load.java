package io.github.prefork.scenario;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Load by HTTP/2 without TLS, on a few connections with many streams each. A request is
 * sent once.
 */
final class Http2Load implements AutoCloseable {

	private final AtomicInteger finished = new AtomicInteger();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final ConnectionProvider connections = ConnectionProvider.create("load", 4);

	private final Disposable load;

	/**
	 * Start the load.
	 * @param uri what to ask for
	 * @param interval the time between two requests
	 */
	Http2Load(String uri, Duration interval) {
		HttpClient client = HttpClient.create(this.connections).protocol(HttpProtocol.H2C).disableRetry(true);
		this.load = Flux.interval(interval)
			.onBackpressureBuffer()
			.flatMap((number) -> request(client, uri), 64)
			.subscribe();
	}

	private Mono<Void> request(HttpClient client, String uri) {
		return client.get()
			.uri(uri)
			.responseSingle((response, body) -> body.asString().thenReturn(response.status().code()))
			.doOnNext((status) -> {
				if (status != 200) {
					this.failures.add(new IllegalStateException("status " + status));
				}
			})
			.doOnError(this.failures::add)
			.onErrorComplete()
			.doFinally((signal) -> this.finished.incrementAndGet())
			.then();
	}

	int finished() {
		return this.finished.get();
	}

	List<Throwable> failures() {
		return this.failures;
	}

	@Override
	public void close() {
		this.load.dispose();
		this.connections.dispose();
	}

}
