package io.github.prefork.autoconfigure;

import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildListeners} in a process that no master has launched.
 */
class ChildListenersTests {

	@Test
	void registerWhenNoMasterLaunchedThisProcessAddsNothing() {
		SpringApplication application = new SpringApplication(Object.class);
		ChildListeners.register(application);
		assertThat(application.getInitializers()).noneMatch(ChildListeners.class::isInstance);
	}

}
