package io.github.prefork.master.cache;

/**
 * How the start-up cache is made.
 */
public enum StartupCacheMode {

	/**
	 * From what live children have loaded; the application is never run an additional
	 * time.
	 */
	AUTO,

	/**
	 * By an additional run of the application in the background, which ends at refresh.
	 */
	TRAIN,

	/**
	 * Not at all.
	 */
	OFF;

	@Override
	public String toString() {
		return switch (this) {
			case AUTO -> "auto";
			case TRAIN -> "train";
			case OFF -> "off";
		};
	}

}
