package io.github.prefork.child;

import java.util.concurrent.CompletableFuture;

import io.github.prefork.PreforkEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Publishes in the application of a child what the master has told it: in order, and on
 * threads of their own, since no application code runs on the channel's thread.
 */
final class ChildEvents {

	private volatile @Nullable ConfigurableApplicationContext context;

	private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

	void attach(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Publish an event after those that came before, without waiting for it.
	 * @param event the event
	 */
	synchronized void publish(PreforkEvent event) {
		this.last = this.last.thenRunAsync(() -> ContextEvents.publish(this.context, event), ChildEvents::run);
	}

	private static void run(Runnable task) {
		Thread thread = new Thread(task, "prefork-event");
		thread.setDaemon(true);
		thread.start();
	}

}
