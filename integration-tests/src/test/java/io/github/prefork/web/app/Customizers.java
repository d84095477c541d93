package io.github.prefork.web.app;

import java.util.function.BiFunction;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
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
 * One customizer of each kind. Each says in which process it is created and shows in the
 * responses.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("web.customizers")
class Customizers {

	@Bean
	NettyServerCustomizer serverCustomizer() {
		Creation.announce("server customizer");
		return (server) -> server.mapHandle((handled, connection) -> {
			((HttpServerResponse) connection).header("X-Server-Customizer", "applied");
			return handled;
		});
	}

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> nettyFactoryCustomizer() {
		Creation.announce("netty factory customizer");
		return (factory) -> factory
			.addRouteProviders((routes) -> routes.get("/factory-route", answer("factory route")));
	}

	@Bean
	WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> reactiveFactoryCustomizer() {
		Creation.announce("reactive factory customizer");
		return (factory) -> {
			Compression compression = new Compression();
			compression.setEnabled(true);
			factory.setCompression(compression);
		};
	}

	@Bean
	NettyRouteProvider routeProvider() {
		Creation.announce("route provider");
		return (routes) -> routes.get("/route", answer("route"));
	}

	private static BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer(String text) {
		String answer = ProcessHandle.current().pid() + " " + text;
		return (request, response) -> response.sendString(Mono.just(answer));
	}

}
