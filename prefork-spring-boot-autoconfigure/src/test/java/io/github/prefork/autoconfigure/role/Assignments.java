package io.github.prefork.autoconfigure.role;

import io.github.prefork.PreforkRole;

/**
 * Roles for tests of what depends on them.
 */
public final class Assignments {

	private Assignments() {
	}

	/**
	 * Return an assignment with a place in the fleet: slot 3 and generation 2.
	 * @param role the role
	 * @return the assignment
	 */
	public static Assignment of(PreforkRole role) {
		return new Assignment(Decision.of(role), ClaimOutcome.accepted(3, 2, "3"));
	}

	/**
	 * Return the assignment of a child.
	 * @param slot its slot
	 * @param fileLabel what it names its files by
	 * @return the assignment
	 */
	public static Assignment ofChild(int slot, String fileLabel) {
		return new Assignment(Decision.of(PreforkRole.CHILD), ClaimOutcome.accepted(slot, 0, fileLabel));
	}

	/**
	 * Return the assignment of an application that serves in the JVM of a child.
	 * @return the assignment
	 */
	public static Assignment besideChild() {
		return new Assignment(Decision.of(PreforkRole.STANDALONE), ClaimOutcome.none(), true);
	}

	/**
	 * Decide.
	 * @param inputs what the role depends on
	 * @return the decision
	 */
	public static Decision decide(RoleInputs inputs) {
		return RoleDecision.decide(inputs);
	}

	/**
	 * Return whether the user is warned of the reason.
	 * @param decision the decision
	 * @return whether that is so
	 */
	public static boolean isWarning(Decision decision) {
		return decision.notice() == Notice.WARN;
	}

	/**
	 * Make the JVM forget its role.
	 */
	public static void forget() {
		ProcessRole.reset();
	}

}
