package io.github.prefork.sample;

import io.github.prefork.Prefork;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Answers {@code /} with the process that serves the request.
 */
@RestController
class HomeController {

	private final Prefork prefork;

	HomeController(Prefork prefork) {
		this.prefork = prefork;
	}

	@GetMapping("/")
	ChildInfo home() {
		return ChildInfo.of(this.prefork);
	}

}
