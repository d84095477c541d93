package io.github.prefork.autoconfigure;

import io.github.prefork.Prefork;
import io.github.prefork.actuate.PreforkEndpoint;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the endpoint that shows the fleet and takes operations on it.
 */
@AutoConfiguration(after = PreforkRoleAutoConfiguration.class)
@ConditionalOnClass({ WebEndpoint.class, ConditionalOnAvailableEndpoint.class, Mono.class })
@ConditionalOnWebApplication(type = Type.REACTIVE)
@ConditionalOnAvailableEndpoint(PreforkEndpoint.class)
public final class PreforkEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	PreforkEndpoint preforkEndpoint(Prefork prefork) {
		return new PreforkEndpoint(prefork);
	}

}
