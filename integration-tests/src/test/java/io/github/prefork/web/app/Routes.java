package io.github.prefork.web.app;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * A functional route and a health indicator that say where they are created, and so does
 * the service that the route needs.
 */
@Configuration(proxyBeanMethods = false)
class Routes {

	@Bean
	RouteService routeService() {
		Creation.announce("route service");
		return new RouteService(ProcessHandle.current().pid());
	}

	@Bean
	RouterFunction<ServerResponse> functionalRoute(RouteService service) {
		Creation.announce("functional route");
		long pid = ProcessHandle.current().pid();
		return RouterFunctions.route()
			.GET("/functional",
					(request) -> ServerResponse.ok().bodyValue(pid + " with the service of " + service.pid()))
			.build();
	}

	@Bean
	HealthIndicator routeHealthIndicator() {
		Creation.announce("health indicator");
		return () -> Health.up().build();
	}

	/**
	 * What the route needs.
	 *
	 * @param pid the process that has created it
	 */
	record RouteService(long pid) {

	}

}
