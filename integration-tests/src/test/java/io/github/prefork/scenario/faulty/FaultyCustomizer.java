package io.github.prefork.scenario.faulty;

import io.github.prefork.PreforkRole;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.stereotype.Component;

/**
 * Changes the port to the value of {@code faulty.customizer}, and holds up the context of
 * the master as {@link FaultyMaster} does.
 */
@Component
@ConditionalOnProperty("faulty.customizer")
class FaultyCustomizer implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> {

	private final PreforkRole role;

	private final int port;

	FaultyCustomizer(PreforkRole role, @Value("${faulty.customizer}") int port) {
		this.role = role;
		this.port = port;
	}

	@Override
	public void customize(ConfigurableReactiveWebServerFactory factory) {
		factory.setPort(this.port);
		if (this.role == PreforkRole.MASTER) {
			new FaultyMaster();
		}
	}

}
