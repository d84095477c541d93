package io.github.prefork.web.app;

import reactor.netty.resources.LoopResources;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A customizer that wants what is not its own to decide.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("web.misfit")
class Misfit {

	@Bean
	NettyServerCustomizer misfitCustomizer() {
		return (server) -> server.host("127.0.0.9").port(1).runOn(LoopResources.create("misfit"));
	}

}
