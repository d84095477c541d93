package io.github.prefork.channel;

/**
 * Tells, once each time that it is set, that somebody waits at one of some sockets. May
 * be used by any thread.
 */
public interface SocketAlarm extends AutoCloseable {

	/**
	 * Set the alarm. It goes off at once if somebody waits already, and not again before
	 * it is set anew, however many come.
	 * @return whether it will go off; it can't if the system has refused to watch the
	 * sockets
	 */
	boolean set();

	/**
	 * Let go of the sockets, soon. The alarm does not go off any more, apart from a call
	 * that is already under way. May be repeated.
	 */
	@Override
	void close();

}
