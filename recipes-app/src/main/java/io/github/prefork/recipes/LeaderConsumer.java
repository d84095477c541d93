package io.github.prefork.recipes;

import io.github.prefork.LeaderChanged;
import io.github.prefork.Prefork;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.Lifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Has the consumer run in the leader only.
 */
@Component
class LeaderConsumer {

	private final Prefork prefork;

	private final Lifecycle consumer;

	LeaderConsumer(Prefork prefork, Lifecycle consumer) {
		this.prefork = prefork;
		this.consumer = consumer;
	}

	// Without a fleet nobody tells of a leader
	@EventListener(ApplicationReadyEvent.class)
	void onReady() {
		if (this.prefork.isLeader()) {
			this.consumer.start();
		}
	}

	@EventListener
	void onLeaderChanged(LeaderChanged event) {
		if (event.leader()) {
			this.consumer.start();
		}
		else {
			this.consumer.stop();
		}
	}

}
