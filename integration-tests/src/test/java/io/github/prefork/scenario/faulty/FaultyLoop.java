package io.github.prefork.scenario.faulty;

import java.util.concurrent.CountDownLatch;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Blocks the event loop for ever, on request, and the main thread while it boots, if it
 * is told to.
 */
@RestController
class FaultyLoop {

	@GetMapping("/block")
	String block() throws InterruptedException {
		waitForNothing();
		return "never";
	}

	private static void waitForNothing() throws InterruptedException {
		new CountDownLatch(1).await();
	}

	/**
	 * Never gets created.
	 */
	@Component
	static class SlowBean {

		SlowBean(@Value("${faulty.slow:false}") boolean slow) throws InterruptedException {
			if (slow) {
				waitForNothing();
			}
		}

	}

}
