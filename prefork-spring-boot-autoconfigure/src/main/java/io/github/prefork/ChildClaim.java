package io.github.prefork;

import java.util.ServiceLoader;

/**
 * How this JVM learns, once, whether it is a child. Found by {@link ServiceLoader}, so
 * that {@link Prefork#isChild()} can answer before there is an application context. Not
 * for implementation by applications.
 */
public interface ChildClaim {

	/**
	 * Claim this process' place at the master that launched it.
	 * @return whether a living master accepted the claim
	 */
	boolean claim();

	/**
	 * Holds the answer for the life of the JVM.
	 */
	final class Holder {

		static final boolean CHILD = ServiceLoader.load(ChildClaim.class, ChildClaim.class.getClassLoader())
			.findFirst()
			.map(ChildClaim::claim)
			.orElse(false);

		private Holder() {
		}

	}

}
