package io.github.prefork.load;

/**
 * How long a connection of the load client lives.
 */
public enum ConnectionMode {

	/**
	 * A new connection for each request, which says {@code Connection: close}.
	 */
	NEW("new"),

	/**
	 * A connection is used again until the server says {@code Connection: close}, closes
	 * it or fails on it.
	 */
	KEEP_ALIVE("keep-alive");

	private final String label;

	ConnectionMode(String label) {
		this.label = label;
	}

	boolean keepsAlive() {
		return this == KEEP_ALIVE;
	}

	/**
	 * Find a mode by its name on the command line.
	 * @param label the name, {@code new} or {@code keep-alive}
	 * @return the mode
	 * @throws IllegalArgumentException if there is no such mode
	 */
	public static ConnectionMode of(String label) {
		for (ConnectionMode mode : values()) {
			if (mode.label.equals(label)) {
				return mode;
			}
		}
		throw new IllegalArgumentException("mode must be new or keep-alive, not '" + label + "'");
	}

	@Override
	public String toString() {
		return this.label;
	}

}
