package io.github.prefork.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/**
 * What went wrong with a request.
 */
public enum FailureKind {

	/**
	 * Nobody listened at the port.
	 */
	REFUSED,

	/**
	 * The server's side reset the connection, before or after the request was written.
	 */
	RESET,

	/**
	 * The server's side closed the connection before the response was complete.
	 */
	EOF,

	/**
	 * The response was not complete within the request timeout, connecting included.
	 */
	TIMEOUT,

	/**
	 * A complete response with a status other than 2xx.
	 */
	BAD_STATUS,

	/**
	 * What came back is not a valid HTTP/1.1 response.
	 */
	BAD_PROTOCOL,

	/**
	 * Any other failure, such as a lack of local ports or descriptors: the client's side
	 * is to blame.
	 */
	OTHER;

	static FailureKind of(IOException failure) {
		if (failure instanceof SocketTimeoutException) {
			return TIMEOUT;
		}
		if (failure instanceof EOFException) {
			return EOF;
		}
		if (failure instanceof ProtocolException) {
			return BAD_PROTOCOL;
		}
		return ofMessage(failure, String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT));
	}

	// The JDK has no exception type for a reset: its text is all there is
	private static FailureKind ofMessage(IOException failure, String message) {
		if (message.contains("reset") || message.contains("broken pipe") || message.contains("connection abort")) {
			return RESET;
		}
		if (message.contains("timed out")) {
			return TIMEOUT;
		}
		return (failure instanceof ConnectException && message.contains("refused")) ? REFUSED : OTHER;
	}

}
