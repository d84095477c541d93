package io.github.prefork.recipes;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The registry that pushes meters, if it is told where to.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("${recipes.push.port} != 0")
class PushConfiguration {

	@Bean
	PushRegistry pushRegistry(@Value("${recipes.push.port}") int port, @Value("${recipes.push.step}") Duration step) {
		return new PushRegistry(port, step);
	}

}
