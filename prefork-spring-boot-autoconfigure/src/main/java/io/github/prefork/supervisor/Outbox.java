package io.github.prefork.supervisor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.github.prefork.PreforkEvent;

/**
 * Events that wait to be published after the transition that made them, and until there
 * is an application.
 */
final class Outbox {

	private final Deque<PreforkEvent> events = new ArrayDeque<>();

	private final Announcer announcer;

	private final BiConsumer<PreforkEvent, RuntimeException> onFailure;

	private boolean open;

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

	/**
	 * Publish from now on.
	 */
	void open() {
		this.open = true;
	}

	boolean isOpen() {
		return this.open;
	}

	/**
	 * Return whether {@link #flush()} would publish nothing.
	 * @return whether nothing is to be published now
	 */
	boolean isQuiet() {
		return !this.open || this.events.isEmpty();
	}

	void flush() {
		PreforkEvent event;
		while (this.open && (event = this.events.pollFirst()) != null) {
			try {
				this.announcer.publish(event);
			}
			catch (RuntimeException ex) {
				this.onFailure.accept(event, ex);
			}
		}
	}

}
