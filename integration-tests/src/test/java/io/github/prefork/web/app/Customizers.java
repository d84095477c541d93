package io.github.prefork.web.app;

import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.Compression;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * One customizer of each kind. Each says in which process it is created, and leaves a
 * mark in the responses.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("web.customizers")
class Customizers {

	@Bean
	NettyServerCustomizer serverCustomizer() {
		announce("server customizer");
		return (server) -> mark(server, "X-Server-Customizer");
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> nettyFactoryCustomizer() {
		announce("netty factory customizer");
		return (factory) -> factory.addServerCustomizers((server) -> mark(server, "X-Netty-Factory-Customizer"));
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> reactiveFactoryCustomizer() {
		announce("reactive factory customizer");
		return (factory) -> {
			Compression compression = new Compression();
			compression.setEnabled(true);
			factory.setCompression(compression);
		};
	}

	@Bean
	NettyRouteProvider routeProvider() {
		announce("route provider");
		return (routes) -> routes.get("/route",
				(request, response) -> response.sendString(Mono.just(ProcessHandle.current().pid() + " route")));
	}

	private static HttpServer mark(HttpServer server, String header) {
		return server.mapHandle((handled, connection) -> {
			((HttpServerResponse) connection).header(header, "applied");
			return handled;
		});
	}

	private static void announce(String name) {
		System.out.println("The " + name + " is created in " + ProcessHandle.current().pid());
	}

}
