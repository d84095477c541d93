package io.github.prefork.web.app;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * A filter that can't be created on an event loop, since it waits for something. The
 * management server of the master has it too.
 */
@Component
class BlockingFilter implements WebFilter {

	BlockingFilter() {
		Mono.delay(Duration.ofMillis(10)).block();
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return chain.filter(exchange);
	}

}
