package io.github.prefork.autoconfigure;

import io.github.prefork.PreforkEvent;
import io.github.prefork.autoconfigure.lazy.LazyMasterInitializer;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;

/**
 * Publishes events of the fleet to the listeners of a context and of those above it, one
 * after the other in their order and on the calling thread, which gets what they throw. A
 * lazy master has a multicaster that does so. That of another master may be the
 * application's, so it is not used.
 */
final class FleetPublisher {

	private final ConfigurableApplicationContext context;

	FleetPublisher(ConfigurableApplicationContext context) {
		this.context = context;
	}

	void publish(PreforkEvent event) {
		if (LazyMasterInitializer.isAppliedTo(this.context)) {
			this.context.publishEvent(event);
		}
		else {
			publish(new PayloadApplicationEvent<>(this.context, event), this.context);
		}
	}

	private static void publish(PayloadApplicationEvent<?> event, @Nullable ApplicationContext context) {
		if (context instanceof AbstractApplicationContext open) {
			// After a refresh that has failed there are no listeners
			if (open.isActive()) {
				multicaster(open).multicastEvent(event, null);
			}
			publish(event, open.getParent());
		}
		else if (context != null) {
			context.publishEvent(event);
		}
	}

	// Made anew each time, since listeners may come and go; events of a fleet are rare
	private static SimpleApplicationEventMulticaster multicaster(AbstractApplicationContext context) {
		SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster(context.getBeanFactory());
		context.getApplicationListeners().forEach(multicaster::addApplicationListener);
		for (String name : context.getBeanNamesForType(ApplicationListener.class, true, false)) {
			multicaster.addApplicationListenerBean(name);
		}
		return multicaster;
	}

}
