package io.github.prefork.autoconfigure;

/**
 * The role that an application got.
 *
 * @param decision the decision
 * @param claim what the decision knew of the claim at a master
 * @param besideChild whether it serves in the JVM of a child without being the child
 */
record Assignment(Decision decision, ClaimOutcome claim, boolean besideChild) {

	Assignment(Decision decision, ClaimOutcome claim) {
		this(decision, claim, false);
	}

}
