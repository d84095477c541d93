package io.github.prefork.child;

import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Lets the master arrange for a child's leaving before the application context closes.
 * The context learns of the master's death in return.
 */
public final class DepartureListener implements ApplicationListener<ContextClosedEvent>, Ordered {

	private final ChildLink link;

	private final ConfigurableApplicationContext context;

	/**
	 * Create the listener.
	 * @param link the tie to the master
	 * @param context the main application context; events of other contexts are ignored
	 */
	public DepartureListener(ChildLink link, ConfigurableApplicationContext context) {
		this.link = link;
		this.context = context;
		link.departure().masterLoss().attach(context);
		link.events().attach(context);
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		if (event.getApplicationContext() == this.context) {
			leave();
		}
	}

	private void leave() {
		if (this.link.probe().endsApplication()) {
			this.link.departure().leaveUnheard();
		}
		else {
			this.link.departure().leave();
		}
	}

	@Override
	public boolean supportsAsyncExecution() {
		// The context must not go on closing meanwhile
		return false;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
