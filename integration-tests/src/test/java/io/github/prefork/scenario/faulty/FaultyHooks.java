package io.github.prefork.scenario.faulty;

import io.github.prefork.PreforkEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says what it hears, and throws when it hears of the event that it is told.
 */
@Component
class FaultyHooks {

	private static final Log logger = LogFactory.getLog(FaultyHooks.class);

	private final String faulty;

	FaultyHooks(@Value("${faulty.hook:}") String faulty) {
		this.faulty = faulty;
	}

	@EventListener
	void on(PreforkEvent event) {
		logger.info("Hook: " + event.getClass().getSimpleName());
		if (event.getClass().getSimpleName().equals(this.faulty)) {
			throw new IllegalStateException("planned failure of a hook");
		}
	}

}
