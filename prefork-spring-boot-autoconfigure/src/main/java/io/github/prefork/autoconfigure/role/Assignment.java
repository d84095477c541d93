package io.github.prefork.autoconfigure.role;

/**
 * The role that an application got.
 *
 * @param decision the decision
 * @param claim what the decision knew of the claim at a master
 * @param besideChild whether it serves in the JVM of a child without being the child
 */
public record Assignment(Decision decision, ClaimOutcome claim, boolean besideChild) {

	Assignment(Decision decision, ClaimOutcome claim) {
		this(decision, claim, false);
	}

}
