package com.example.app;

import java.util.Map;

import io.github.prefork.ChildSpawned;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.resource.ResourceUrlProvider;

/**
 * Routes of every kind.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFlux
@Import({ ExampleRoutes.Controller.class, ExampleRoutes.Mapping.class })
public class ExampleRoutes {

	@Bean
	Service service() {
		return new Service();
	}

	@Bean
	RouterFunction<ServerResponse> functionalRoutes(Service service) {
		Journal.add("functional routes created");
		return RouterFunctions.route().GET("/functional", (request) -> ServerResponse.ok().build()).build();
	}

	@Bean
	HandlerMapping declaredMapping(Service service) {
		Journal.add("declared mapping created");
		return new SimpleUrlHandlerMapping(Map.of());
	}

	@Bean
	SimpleUrlHandlerMapping librarysMapping(Service service) {
		Journal.add("library's mapping created");
		return new SimpleUrlHandlerMapping(Map.of());
	}

	/**
	 * What the routes depend on.
	 */
	public static class Service {

		Service() {
			Journal.add("service created");
		}

	}

	/**
	 * Routes by annotations.
	 */
	@RestController
	public static class Controller {

		Controller(Service service) {
			Journal.add("controller created");
		}

		@GetMapping("/controller")
		String get() {
			return "controller";
		}

	}

	/**
	 * A mapping that no method declares.
	 */
	public static class Mapping extends SimpleUrlHandlerMapping {

		Mapping(Service service) {
			Journal.add("mapping created");
		}

	}

	/**
	 * Functional routes that listen to the fleet.
	 */
	public static class HookRoutes implements RouterFunction<ServerResponse> {

		@Override
		public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
			return Mono.empty();
		}

		@EventListener
		void spawned(ChildSpawned event) {
			Journal.add("hook routes heard");
		}

	}

	/**
	 * Needs what looks for resources.
	 */
	public static class ResourceHook {

		ResourceHook(ResourceUrlProvider resources) {
			Journal.add("resource hook created");
		}

		@EventListener
		void spawned(ChildSpawned event) {
			Journal.add("resource hook heard");
		}

	}

}
