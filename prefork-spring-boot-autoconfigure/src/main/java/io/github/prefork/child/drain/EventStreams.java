package io.github.prefork.child.drain;

import org.jspecify.annotations.Nullable;

/**
 * Responses without an end of their own: a client takes an end after any event for what
 * it is and connects again. Any other response that is cut off must look so.
 */
final class EventStreams {

	private static final String TYPE = "text/event-stream";

	private EventStreams() {
	}

	/**
	 * Return whether a response is a stream of events.
	 * @param contentType the type of its content
	 * @return whether it may end at any time
	 */
	static boolean isType(@Nullable CharSequence contentType) {
		return contentType != null && contentType.toString().regionMatches(true, 0, TYPE, 0, TYPE.length());
	}

}
