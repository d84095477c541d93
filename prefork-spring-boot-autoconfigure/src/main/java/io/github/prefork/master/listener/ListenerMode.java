package io.github.prefork.master.listener;

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
	SHARED,

	/**
	 * Each child binds a socket of its own, which is lost with it. For where listeners
	 * can't be passed.
	 */
	CHILD_BOUND;

	boolean reusePort() {
		return this != SHARED;
	}

	/**
	 * Return how many listeners the master has.
	 * @param children the number of children
	 * @return the number of listeners
	 */
	public int listeners(int children) {
		return switch (this) {
			case REUSEPORT -> children;
			case SHARED -> 1;
			case CHILD_BOUND -> 0;
		};
	}

	@Override
	public String toString() {
		return switch (this) {
			case REUSEPORT -> "reuseport";
			case SHARED -> "shared";
			case CHILD_BOUND -> "child-bound";
		};
	}

}
