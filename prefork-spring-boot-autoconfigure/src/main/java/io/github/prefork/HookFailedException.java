package io.github.prefork;

/**
 * A listener of a prefork event threw an exception; its cause is that exception.
 */
public class HookFailedException extends PreforkException {

	private final PreforkEvent event;

	public HookFailedException(PreforkEvent event, Throwable cause) {
		super("A listener of " + event + " failed", cause);
		this.event = event;
	}

	/**
	 * Return the event that the listener was called with.
	 * @return the event
	 */
	public PreforkEvent getEvent() {
		return this.event;
	}

}
