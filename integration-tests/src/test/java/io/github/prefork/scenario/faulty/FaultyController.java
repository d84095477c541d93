package io.github.prefork.scenario.faulty;

import io.github.prefork.Prefork;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Says which slot it is in and what it takes for its port, unless it is told to fail.
 */
@RestController
class FaultyController {

	private final Prefork prefork;

	private final Environment environment;

	FaultyController(Prefork prefork, Environment environment, @Value("${faulty.bean:false}") boolean faulty) {
		Assert.state(!faulty, "planned failure of a bean");
		this.prefork = prefork;
		this.environment = environment;
	}

	@GetMapping("/")
	String place() {
		return this.prefork.slot() + " " + this.environment.getProperty("local.server.port");
	}

}
