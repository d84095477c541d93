package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.util.retry.Retry;

/**
 * Load by HTTP/2 without TLS, on a few connections with many streams each. A request is
 * sent once: no failure of a stream is hidden.
 * <p>
 * Only a request for which the client has found no stream is tried again, at most
 * {@value #ACQUISITIONS} times, and counted apart. Reactor Netty's pool hands a
 * connection to the connection's event loop, and GOAWAY may have come when it gets there.
 * The pool then takes another connection, but once only. A child that drains says GOAWAY
 * on all its connections at the same time, so both may have it. Nothing of the request
 * has been written then: the streams are opened after this check, and the request is
 * prepared after that.
 */
final class Http2Load implements AutoCloseable {

	static final int ACQUISITIONS = 5;

	private static final Class<AtomicBoolean> PREPARED = AtomicBoolean.class;

	private final AtomicInteger finished = new AtomicInteger();

	private final AtomicInteger acquiredAgain = new AtomicInteger();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final ConnectionProvider connections = ConnectionProvider.create("load", 4);

	private final Sinks.Empty<Void> end = Sinks.empty();

	private final Sinks.Empty<Void> ended = Sinks.empty();

	private final Disposable load;

	/**
	 * Start the load.
	 * @param uri what to ask for
	 * @param interval the time between two requests
	 */
	Http2Load(String uri, Duration interval) {
		HttpClient client = HttpClient.create(this.connections)
			.protocol(HttpProtocol.H2C)
			.disableRetry(true)
			.doOnRequest((request, connection) -> request.currentContextView().get(PREPARED).set(true));
		this.load = Flux.interval(interval)
			.onBackpressureBuffer()
			.takeUntilOther(this.end.asMono())
			.flatMap((number) -> request(client, uri), 64)
			.doOnComplete(this.ended::tryEmitEmpty)
			.subscribe();
	}

	private Mono<Void> request(HttpClient client, String uri) {
		AtomicBoolean prepared = new AtomicBoolean();
		Mono<Integer> status = client.get()
			.uri(uri)
			.responseSingle((response, body) -> body.asString().thenReturn(response.status().code()))
			.contextWrite((context) -> context.put(PREPARED, prepared));
		return acquire(status, prepared::get, this.acquiredAgain::incrementAndGet).doOnNext((code) -> {
			if (code != 200) {
				this.failures.add(new IllegalStateException("status " + code));
			}
		}).doOnError(this.failures::add).onErrorComplete().doOnTerminate(this.finished::incrementAndGet).then();
	}

	static <T> Mono<T> acquire(Mono<T> request, BooleanSupplier prepared, Runnable again) {
		return request.retryWhen(Retry.max(ACQUISITIONS - 1)
			.filter((failure) -> hadNoStream(failure, prepared.getAsBoolean()))
			.doBeforeRetry((signal) -> again.run()));
	}

	/**
	 * Return whether a request has failed before there was a stream for it. A connection
	 * that is refused or reset is not such a failure.
	 * @param failure why it has failed
	 * @param prepared whether the request was about to be written
	 * @return whether nothing of it can have been sent
	 */
	static boolean hadNoStream(Throwable failure, boolean prepared) {
		return !prepared && failure.getClass() == IOException.class && failure.getMessage() != null
				&& failure.getMessage().startsWith("Error while acquiring from ")
				&& failure.getMessage().endsWith("Max active streams is reached.");
	}

	/**
	 * Begin no further request, and wait for those in flight.
	 */
	void stop() {
		this.end.tryEmitEmpty();
		this.ended.asMono().block(Waiting.STOP);
	}

	/**
	 * Count the requests that have ended so far, well or not.
	 * @return the number of requests, each counted once
	 */
	int finished() {
		return this.finished.get();
	}

	/**
	 * Count how often a request had to look for another connection before it was sent.
	 * @return the number of times
	 */
	int acquiredAgain() {
		return this.acquiredAgain.get();
	}

	List<Throwable> failures() {
		return this.failures;
	}

	@Override
	public String toString() {
		return "HTTP/2: %d requests, %d failed; %d times without a stream, not sent, and acquired again; failures: %s"
			.formatted(finished(), this.failures.size(), acquiredAgain(), this.failures);
	}

	@Override
	public void close() {
		this.load.dispose();
		this.connections.dispose();
	}

}
