package io.github.prefork.aside.app;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;

/**
 * Routes that need the eager bean, so that it tells who has created them.
 */
@Configuration(proxyBeanMethods = false)
class Routes {

	@Bean
	RouterFunction<ServerResponse> functionalRoute(Eager eager) {
		return RouterFunctions.route().GET("/functional", (request) -> ServerResponse.ok().build()).build();
	}

	@Bean
	SimpleUrlHandlerMapping declaredMapping(Eager eager) {
		return new SimpleUrlHandlerMapping(Map.of());
	}

}
