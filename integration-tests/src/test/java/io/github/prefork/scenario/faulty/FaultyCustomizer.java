package io.github.prefork.scenario.faulty;

import io.github.prefork.PreforkRole;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.stereotype.Component;

/**
 * Holds up the context of the master as {@link FaultyMaster} does, as one who could
 * change the port.
 */
@Component
@ConditionalOnProperty("faulty.customizer")
class FaultyCustomizer implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> {

	private final PreforkRole role;

	FaultyCustomizer(PreforkRole role) {
		this.role = role;
	}

	@Override
	public void customize(ConfigurableReactiveWebServerFactory factory) {
		if (this.role == PreforkRole.MASTER) {
			new FaultyMaster();
		}
	}

}
