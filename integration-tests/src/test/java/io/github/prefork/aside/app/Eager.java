package io.github.prefork.aside.app;

import org.springframework.boot.CommandLineRunner;
import org.springframework.stereotype.Component;

/**
 * A bean that nothing asks for: it exists where the context is not lazy.
 */
@Component
class Eager implements CommandLineRunner {

	Eager() {
		Say.line("eager bean created");
	}

	@Override
	public void run(String... args) {
		Say.line("runner ran");
	}

}
