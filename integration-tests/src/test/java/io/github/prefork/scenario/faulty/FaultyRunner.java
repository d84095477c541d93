package io.github.prefork.scenario.faulty;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Fails after the web server has started, if it is told to.
 */
@Component
class FaultyRunner implements ApplicationRunner {

	private final boolean faulty;

	FaultyRunner(@Value("${faulty.runner:false}") boolean faulty) {
		this.faulty = faulty;
	}

	@Override
	public void run(ApplicationArguments arguments) {
		Assert.state(!this.faulty, "planned failure of a runner");
	}

}
