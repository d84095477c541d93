package io.github.prefork.aside.app;

import io.github.prefork.Prefork;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells who serves. Works with WebFlux and with Spring MVC.
 */
@RestController
class HomeController {

	private final Prefork prefork;

	HomeController(Prefork prefork) {
		this.prefork = prefork;
	}

	@GetMapping("/")
	String home() {
		return "%s %d %d".formatted(this.prefork.role(), this.prefork.slot(), ProcessHandle.current().pid());
	}

}
