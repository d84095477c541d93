package io.github.prefork.child.drain;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * A server on a port of its own whose connections can be drained.
 */
public final class DrainedServer implements AutoCloseable {

	private final ServerConnections connections = new ServerConnections();

	private final LoopResources loops = LoopResources.create("drain-test", 1, true);

	private final Sinks.One<String> slow = Sinks.one();

	private final CompletableFuture<Void> slowStarted = new CompletableFuture<>();

	private final DisposableServer server;

	/**
	 * Start a server.
	 * @param customizer changes it before
	 */
	public DrainedServer(UnaryOperator<HttpServer> customizer) {
		this.server = this.connections
			.watch(customizer.apply(HttpServer.create().host("127.0.0.1").port(0).runOn(this.loops)))
			.route((routes) -> routes.ws("/socket", (in, out) -> out.sendString(in.receive().asString()))
				.get("/quick", (request, response) -> response.sendString(Mono.just("quick")))
				.get("/old",
						(request, response) -> response.header("Connection", "keep-alive").sendString(Mono.just("old")))
				.get("/slow", this::slow)
				.get("/events", (request, response) -> response.sse().sendString(endless("data: event\n\n")))
				.get("/download", (request, response) -> response.sendString(endless("part")))
				.post("/early", (request, response) -> response.sendString(Mono.just("e".repeat(200_000)))))
			.bindNow();
	}

	private Publisher<Void> slow(HttpServerRequest request, HttpServerResponse response) {
		this.slowStarted.complete(null);
		return response.sendString(this.slow.asMono());
	}

	private static Flux<String> endless(String part) {
		return Flux.interval(Duration.ZERO, Duration.ofMillis(5)).onBackpressureDrop().map((count) -> part);
	}

	/**
	 * Return its port.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	/**
	 * Return its connections.
	 * @return the connections
	 */
	public ServerConnections connections() {
		return this.connections;
	}

	/**
	 * Begin the drain and wait until each connection knows.
	 * @param idleTimeout how long a connection may be idle
	 */
	void drain(Duration idleTimeout) {
		this.connections.drain(idleTimeout);
		this.loops.onServer(true).next().submit(() -> {
		}).syncUninterruptibly();
	}

	/**
	 * Wait until the slow request has come.
	 */
	public void awaitSlowRequest() {
		this.slowStarted.join();
	}

	/**
	 * Answer the slow request.
	 */
	public void answerSlowRequest() {
		this.slow.tryEmitValue("slow").orThrow();
	}

	@Override
	public void close() {
		this.connections.abort();
		this.server.disposeNow();
		this.loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
	}

}
