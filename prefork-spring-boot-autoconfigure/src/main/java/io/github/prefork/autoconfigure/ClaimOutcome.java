package io.github.prefork.autoconfigure;

import io.github.prefork.Prefork;

/**
 * What became of this process' claim to be a child.
 *
 * @param kind whether there was a claim and what the master said
 * @param reason why the claim was refused, in one line; empty otherwise
 * @param slot the slot that the master gave, 0 if it gave none
 * @param generation the generation that the master gave, 0 if it gave none
 */
record ClaimOutcome(Kind kind, String reason, int slot, int generation) {

	static ClaimOutcome none() {
		return new ClaimOutcome(Kind.NONE, "", 0, 0);
	}

	static ClaimOutcome accepted(int slot, int generation) {
		return new ClaimOutcome(Kind.ACCEPTED, "", slot, generation);
	}

	static ClaimOutcome refused(String reason) {
		return new ClaimOutcome(Kind.REFUSED, reason, 0, 0);
	}

	/**
	 * Return what became of the claim of this JVM; the first call claims.
	 * @return the outcome, the same for the life of the JVM
	 */
	static ClaimOutcome ofThisProcess() {
		return (!Prefork.isChild()) ? none() : accepted(number("PREFORK_SLOT"), number("PREFORK_GENERATION"));
	}

	private static int number(String variable) {
		String value = System.getenv(variable);
		return (value != null && value.matches("-?\\d{1,9}")) ? Integer.parseInt(value) : 0;
	}

	/**
	 * Whether there was a claim and what the master said to it.
	 */
	enum Kind {

		/**
		 * Nothing to claim: no living master launched this process.
		 */
		NONE,

		/**
		 * The master accepted the claim.
		 */
		ACCEPTED,

		/**
		 * The master refused the claim or could not be reached.
		 */
		REFUSED

	}

}
