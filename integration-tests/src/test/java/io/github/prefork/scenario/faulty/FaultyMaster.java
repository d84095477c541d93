package io.github.prefork.scenario.faulty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

import io.github.prefork.PreforkRole;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ConfigurableReactiveWebServerFactory;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Holds up the context of the master, if told to, until there is a file of the name
 * {@code go} or {@code fail} in the working directory.
 */
@Component
class FaultyMaster implements WebServerFactoryCustomizer<ConfigurableReactiveWebServerFactory> {

	private static final long POLL_NANOS = 20_000_000;

	private final boolean slow;

	FaultyMaster(@Value("${faulty.master:false}") boolean slow, PreforkRole role) {
		this.slow = slow && role == PreforkRole.MASTER;
	}

	@Override
	public void customize(ConfigurableReactiveWebServerFactory factory) {
		while (this.slow && Files.notExists(Path.of("go"))) {
			Assert.state(Files.notExists(Path.of("fail")), "planned failure of the master");
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

}
