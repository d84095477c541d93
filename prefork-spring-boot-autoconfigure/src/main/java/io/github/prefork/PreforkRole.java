package io.github.prefork;

/**
 * What this process is in a fleet. Decided once per JVM.
 */
public enum PreforkRole {

	/**
	 * The process that was started by the user. It opens the listeners, launches and
	 * supervises the children and serves no application request.
	 */
	MASTER,

	/**
	 * A JVM launched by a master. It serves application requests.
	 */
	CHILD,

	/**
	 * Prefork is not active here; the log says in one line why. The application runs as
	 * any Spring Boot application.
	 */
	STANDALONE

}
