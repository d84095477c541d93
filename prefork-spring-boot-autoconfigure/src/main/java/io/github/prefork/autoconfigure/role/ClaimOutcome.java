package io.github.prefork.autoconfigure.role;

import io.github.prefork.channel.ChildProperties;
import io.github.prefork.child.ProcessClaim;

/**
 * What became of this process' claim to be a child.
 *
 * @param kind whether there was a claim and what the master said
 * @param reason why the claim was refused, in one line; empty otherwise
 * @param slot the slot that the master gave, 0 if it gave none; negative for a standby
 * @param generation the generation that the master gave, 0 if it gave none
 * @param fileLabel what the master wants the process to name its files by, empty if there
 * is no master
 */
public record ClaimOutcome(Kind kind, String reason, int slot, int generation, String fileLabel) {

	/**
	 * Return the outcome where there was no claim.
	 * @return the outcome
	 */
	public static ClaimOutcome none() {
		return new ClaimOutcome(Kind.NONE, "", 0, 0, "");
	}

	static ClaimOutcome accepted(int slot, int generation, String fileLabel) {
		return new ClaimOutcome(Kind.ACCEPTED, "", slot, generation, fileLabel);
	}

	static ClaimOutcome refused(String reason) {
		return new ClaimOutcome(Kind.REFUSED, reason, 0, 0, "");
	}

	/**
	 * Return what became of the claim of this JVM; the first call claims.
	 * @return the outcome, the same for the life of the JVM
	 */
	public static ClaimOutcome ofThisProcess() {
		io.github.prefork.child.ClaimOutcome outcome = ProcessClaim.outcome();
		if (outcome instanceof io.github.prefork.child.ClaimOutcome.Accepted accepted) {
			int slot = accepted.link().welcome().slot();
			// A launcher of the user's may have left the option out
			return accepted(slot, accepted.link().welcome().generation(),
					System.getProperty(ChildProperties.FILE_LABEL, String.valueOf(slot)));
		}
		return (outcome instanceof io.github.prefork.child.ClaimOutcome.Refused refused) ? refused(refused.reason())
				: none();
	}

	/**
	 * Whether there was a claim and what the master said to it.
	 */
	public enum Kind {

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
