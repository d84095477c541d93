package io.github.prefork.recipes;

import java.time.Duration;
import java.time.Instant;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A feed that has a message every so often.
 */
@Configuration(proxyBeanMethods = false)
class FeedConfiguration {

	private static final Duration PERIOD = Duration.ofMillis(250);

	@Bean
	Feed feed() {
		return () -> {
			Thread.sleep(PERIOD.toMillis());
			return Instant.now().toString();
		};
	}

	@Bean
	Consumer consumer(Feed feed, Journal journal) {
		return new Consumer(feed, journal);
	}

}
