package io.github.prefork.supervisor.planted;

import java.time.Clock;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Does what the supervisor must not do.
 */
public final class PlantedPolicy {

	private @Nullable Process process;

	private PlantedPolicy() {
	}

	long misbehave() throws InterruptedException {
		Thread.sleep(0);
		boolean launched = this.process != null && StringUtils.hasText(this.process.toString());
		return launched ? System.nanoTime() : Clock.systemUTC().millis();
	}

}
