package io.github.prefork.scenario.faulty;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Requests that end their child, or that it never gets done with.
 */
@RestController
class EndController {

	private static final Duration EXIT_TAKES = Duration.ofMillis(300);

	@GetMapping("/slow")
	Mono<String> slow(@RequestParam long ms) {
		return Mono.delay(Duration.ofMillis(ms)).thenReturn("waited");
	}

	@GetMapping("/exit")
	Mono<String> exit() {
		new Thread(() -> System.exit(0), "exit").start();
		return Mono.delay(EXIT_TAKES).thenReturn("exiting");
	}

	@GetMapping("/exit-on-loop")
	String exitOnLoop() {
		System.exit(0);
		return "never";
	}

	@GetMapping("/halt")
	String halt() {
		Runtime.getRuntime().halt(0);
		return "never";
	}

	@GetMapping("/stuck")
	String stuck() throws InterruptedException {
		new CountDownLatch(1).await();
		return "never";
	}

}
