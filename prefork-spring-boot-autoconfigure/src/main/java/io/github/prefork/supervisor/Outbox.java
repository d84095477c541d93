package io.github.prefork.supervisor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.github.prefork.PreforkEvent;

/**
 * Events that wait to be published after the transition that made them.
 */
final class Outbox {

	private final Deque<PreforkEvent> events = new ArrayDeque<>();

	private final Announcer announcer;

	private final BiConsumer<PreforkEvent, RuntimeException> onFailure;

	Outbox(Announcer announcer, BiConsumer<PreforkEvent, RuntimeException> onFailure) {
		this.announcer = announcer;
		this.onFailure = onFailure;
	}

	void add(PreforkEvent event) {
		this.events.addLast(event);
	}

	/**
	 * Drop events that were not published yet.
	 * @param kept which ones stay
	 */
	void keepOnly(Predicate<PreforkEvent> kept) {
		this.events.removeIf(kept.negate());
	}

	boolean isEmpty() {
		return this.events.isEmpty();
	}

	void flush() {
		PreforkEvent event;
		while ((event = this.events.pollFirst()) != null) {
			try {
				this.announcer.publish(event);
			}
			catch (RuntimeException ex) {
				this.onFailure.accept(event, ex);
			}
		}
	}

}
