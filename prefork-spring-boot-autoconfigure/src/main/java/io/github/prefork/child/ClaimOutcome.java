package io.github.prefork.child;

/**
 * What came of looking for a master that launched this process.
 */
public sealed interface ClaimOutcome {

	/**
	 * No living master launched this process: it may become a master itself.
	 */
	record None() implements ClaimOutcome {

	}

	/**
	 * The master accepted the claim: this process is a child.
	 *
	 * @param link the tie to the master, kept for the life of the process
	 */
	record Accepted(ChildLink link) implements ClaimOutcome {

	}

	/**
	 * The master that launched this process has died before it was claimed: nobody wants
	 * this process, and it must not become a master beside the one that takes its place.
	 *
	 * @param reason why, in words
	 */
	record Orphaned(String reason) implements ClaimOutcome {

	}

	/**
	 * A living master launched this process but did not accept it: this process must not
	 * become a master, or a launcher that wraps the command would launch for ever.
	 *
	 * @param reason why, in words
	 */
	record Refused(String reason) implements ClaimOutcome {

	}

}
