package io.github.prefork.child;

import io.github.prefork.PreforkEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Publishes events of the fleet in the application of a child.
 */
final class ContextEvents {

	private static final Log logger = LogFactory.getLog(ContextEvents.class);

	private ContextEvents() {
	}

	/**
	 * Publish an event. A listener that fails is logged.
	 * @param context where, {@code null} if there is no context yet
	 * @param event the event
	 */
	static void publish(@Nullable ConfigurableApplicationContext context, PreforkEvent event) {
		try {
			if (context != null && context.isActive()) {
				context.publishEvent(event);
			}
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("A listener of " + event + " failed", ex);
		}
	}

}
