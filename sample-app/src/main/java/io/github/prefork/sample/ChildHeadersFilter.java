package io.github.prefork.sample;

import io.github.prefork.Prefork;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Tells in the headers of every response, errors included, which process answered.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ChildHeadersFilter implements WebFilter {

	static final String SLOT = "X-Prefork-Slot";

	static final String GENERATION = "X-Prefork-Generation";

	static final String PID = "X-Prefork-Pid";

	private final Prefork prefork;

	ChildHeadersFilter(Prefork prefork) {
		this.prefork = prefork;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ChildInfo child = ChildInfo.of(this.prefork);
		HttpHeaders headers = exchange.getResponse().getHeaders();
		headers.set(SLOT, Integer.toString(child.slot()));
		headers.set(GENERATION, Integer.toString(child.generation()));
		headers.set(PID, Long.toString(child.pid()));
		return chain.filter(exchange);
	}

}
