package io.github.prefork.master;

/**
 * How the children share the port.
 */
public enum ListenerMode {

	/**
	 * One listener a slot, the kernel spreads connections over them evenly.
	 */
	REUSEPORT,

	/**
	 * One listener that all children accept on.
	 */
	SHARED;

	boolean reusePort() {
		return this == REUSEPORT;
	}

	int listeners(int children) {
		return (this == REUSEPORT) ? children : 1;
	}

}
