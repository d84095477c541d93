package io.github.prefork.scenario.faulty;

import io.github.prefork.PreforkEvent;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Throws when it hears of the event that it is told.
 */
@Component
class FaultyHooks {

	private final String faulty;

	FaultyHooks(@Value("${faulty.hook:}") String faulty) {
		this.faulty = faulty;
	}

	@EventListener
	void on(PreforkEvent event) {
		if (event.getClass().getSimpleName().equals(this.faulty)) {
			throw new IllegalStateException("planned failure of a hook");
		}
	}

}
