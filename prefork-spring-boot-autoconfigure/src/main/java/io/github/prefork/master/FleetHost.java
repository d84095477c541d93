package io.github.prefork.master;

import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;

/**
 * The application around the fleet. Called on the supervisor's thread.
 */
public interface FleetHost {

	/**
	 * Publish an event synchronously.
	 * @param event the event
	 * @throws RuntimeException what a listener has thrown
	 */
	void publish(PreforkEvent event);

	/**
	 * The number of ready children has fallen below the minimum or risen to it again.
	 * @param accepting whether there are enough ready children
	 */
	void readiness(boolean accepting);

	/**
	 * A fleet that had started has ended by itself, and with it the application. Must not
	 * wait for the end of the application.
	 * @param cause why
	 */
	void failed(PreforkException cause);

}
