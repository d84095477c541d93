package io.github.prefork.supervisor;

import io.github.prefork.OperationResult;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import org.jspecify.annotations.Nullable;

/**
 * What the supervisor tells the application.
 */
public interface Announcer {

	/**
	 * Publish an event synchronously.
	 * @param event the event
	 * @throws RuntimeException what a listener has thrown
	 */
	void publish(PreforkEvent event);

	/**
	 * A listener has failed with an event that does not stop the fleet for it.
	 * @param event the event
	 * @param failure what the listener has thrown
	 */
	void hookFailed(PreforkEvent event, RuntimeException failure);

	/**
	 * The number of ready children has fallen below the minimum or risen to it again.
	 * @param accepting whether there are enough ready children
	 */
	void readiness(boolean accepting);

	/**
	 * The first start is complete.
	 */
	void started();

	/**
	 * An operation that was requested has ended. Nobody may be kept waiting on this
	 * thread.
	 * @param request the number of the request
	 * @param result how it has ended
	 */
	void finished(long request, OperationResult result);

	/**
	 * The fleet has stopped; the last call.
	 * @param cause why, or {@code null} if it was asked to
	 */
	void stopped(@Nullable PreforkException cause);

	/**
	 * Say something to the operator.
	 * @param line the line
	 */
	void log(String line);

}
