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
	 * This process was launched as a child and can't be one: its master has died before
	 * it was claimed or has refused it, as one of another release, or a launcher has
	 * taken its environment away. It must end, and not become a master or one application
	 * more.
	 *
	 * @param reason why, in words
	 */
	record Orphaned(String reason) implements ClaimOutcome {

	}

	/**
	 * A living master launched this process, but not as a child, and did not accept it:
	 * this process must not become a master, or a launcher that wraps the command would
	 * launch for ever.
	 *
	 * @param reason why, in words
	 */
	record Refused(String reason) implements ClaimOutcome {

	}

}
