package io.github.prefork.autoconfigure;

import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkRoleAutoConfiguration} in a test of the web layer alone.
 */
@WebFluxTest
class WebSliceTests {

	private final ApplicationContext context;

	@Autowired
	WebSliceTests(ApplicationContext context) {
		this.context = context;
	}

	@Test
	void preforkIsThereWithoutWebServer() {
		assertThat(this.context.getBean(Prefork.class).role()).isEqualTo(PreforkRole.STANDALONE);
		assertThat(this.context.getBean(PreforkRole.class)).isEqualTo(PreforkRole.STANDALONE);
		assertThat(this.context.getBeanProvider(ReactiveWebServerFactory.class).stream()).isEmpty();
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}
