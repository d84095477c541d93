package io.github.prefork.channel;

/**
 * A child's claim of its place was not accepted; the message is the reason, in words.
 */
public class ClaimRefusedException extends Exception {

	/**
	 * Create the exception.
	 * @param reason why the claim is refused
	 */
	public ClaimRefusedException(String reason) {
		super(reason);
	}

	/**
	 * Create the exception.
	 * @param reason why the claim is refused
	 * @param cause what went wrong
	 */
	public ClaimRefusedException(String reason, Throwable cause) {
		super(reason, cause);
	}

}
