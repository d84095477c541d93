package io.github.prefork.child;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServer;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;

/**
 * An ordinary web server that answers {@code quick}, and to {@code /slow} what it is told
 * when it is told.
 */
final class TestServer {

	private final Sinks.One<String> slow = Sinks.one();

	private final CompletableFuture<Void> slowStarted = new CompletableFuture<>();

	WebServer create(ReactorResourceFactory resources) {
		// What the configuration says of the port does not matter in a child
		NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(1);
		factory.setShutdown(Shutdown.GRACEFUL);
		factory.setResourceFactory(resources);
		return factory.getWebServer(this::handle);
	}

	private Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		Mono<String> body = Mono.just("quick");
		if (request.getPath().value().equals("/slow")) {
			this.slowStarted.complete(null);
			body = this.slow.asMono();
		}
		return response
			.writeWith(body.map((text) -> response.bufferFactory().wrap(text.getBytes(StandardCharsets.US_ASCII))));
	}

	void awaitSlowRequest() {
		this.slowStarted.join();
	}

	void answerSlowRequest() {
		this.slow.tryEmitValue("slow").orThrow();
	}

}
