package io.github.prefork.sample;

import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Stands in for the starter as long as that does not bring a {@link Prefork} bean. Backs
 * off as soon as it does.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
class StandalonePreforkAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(Prefork.class)
	StubPrefork standalonePrefork() {
		return new StubPrefork(PreforkRole.STANDALONE, 0, 0);
	}

}
