package io.github.prefork.scenario.faulty;

import java.util.concurrent.CountDownLatch;

import jakarta.annotation.PreDestroy;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Does not let its child end: {@code faulty.stuck-bean} and {@code faulty.stuck-hook}
 * name the slots whose bean can't be destroyed and whose shutdown hook does not return.
 */
@Component
class StuckBean {

	private final boolean stuck;

	StuckBean(@Value("${prefork.slot}") String slot, @Value("${faulty.stuck-bean:}") String stuckBean,
			@Value("${faulty.stuck-hook:}") String stuckHook) {
		this.stuck = slot.equals(stuckBean);
		if (slot.equals(stuckHook)) {
			Runtime.getRuntime().addShutdownHook(new Thread(StuckBean::stick, "stuck"));
		}
	}

	@PreDestroy
	void destroy() {
		if (this.stuck) {
			stick();
		}
	}

	private static void stick() {
		try {
			new CountDownLatch(1).await();
		}
		catch (InterruptedException ex) {
			stick();
		}
	}

}
