package io.github.prefork.aside.app;

import io.github.prefork.PreforkEvent;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the events of the fleet.
 */
@Component
class Hooks {

	@EventListener
	void tell(PreforkEvent event) {
		Say.line("heard " + event);
	}

}
