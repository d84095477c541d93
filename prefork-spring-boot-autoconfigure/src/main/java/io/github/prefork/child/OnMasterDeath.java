package io.github.prefork.child;

/**
 * What a child does when its master has died.
 */
public enum OnMasterDeath {

	/**
	 * It finishes what is in flight and exits.
	 */
	EXIT,

	/**
	 * If it has been ready it goes on serving, unsupervised, until it is ended itself.
	 */
	IGNORE;

	@Override
	public String toString() {
		return switch (this) {
			case EXIT -> "exit";
			case IGNORE -> "ignore";
		};
	}

}
