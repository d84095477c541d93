package io.github.prefork.child.drain;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/**
 * What is under way on a connection that speaks HTTP/1.
 */
final class Http1Exchanges {

	/** Requests whose head has come and whose response is not complete. */
	private int unanswered;

	/** Whether the body of a request is coming. */
	private boolean receiving;

	/** Whether a response has begun that is not complete. */
	private boolean responding;

	private boolean eventStream;

	private boolean upgraded;

	/** Whether bytes came in this turn of reading, and whether they made a message. */
	private boolean bytes;

	private boolean message;

	/** Whether the first bytes of a request have come, but not its whole head. */
	private boolean begun;

	void bytesReceived() {
		this.bytes = true;
	}

	/**
	 * A message has come.
	 * @param message the message
	 * @return whether it is a new request
	 */
	boolean received(Object message) {
		this.message = true;
		boolean request = message instanceof HttpRequest;
		if (request) {
			this.unanswered++;
			this.receiving = true;
			this.begun = false;
		}
		if (message instanceof LastHttpContent) {
			this.receiving = false;
		}
		return request;
	}

	void readComplete() {
		this.begun |= this.bytes && !this.message && !this.receiving;
		this.bytes = false;
		this.message = false;
	}

	/**
	 * A message goes out.
	 * @param message the message
	 * @return whether it completes a response
	 */
	boolean sent(Object message) {
		if (message instanceof HttpResponse response && !begin(response)) {
			return false;
		}
		if (!this.responding || !(message instanceof LastHttpContent)) {
			return false;
		}
		this.responding = false;
		this.unanswered = Math.max(0, this.unanswered - 1);
		return true;
	}

	private boolean begin(HttpResponse response) {
		if (isInterim(response)) {
			this.upgraded |= response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
			return false;
		}
		this.responding = true;
		this.eventStream = EventStreams.isType(response.headers().get(HttpHeaderNames.CONTENT_TYPE));
		return true;
	}

	private static boolean isInterim(HttpResponse response) {
		return response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
	}

	/**
	 * Return whether a message begins a response after which the connection would stay
	 * open.
	 * @param message the message
	 * @return whether it is such a response
	 */
	static boolean keepsAlive(Object message) {
		return message instanceof HttpResponse response && !isInterim(response) && HttpUtil.isKeepAlive(response);
	}

	/**
	 * Return whether no further request has come than the one that is answered next.
	 * @return whether its response may be the last one
	 */
	boolean isLast() {
		return this.unanswered <= 1 && !this.begun;
	}

	boolean isIdle() {
		return this.unanswered == 0 && !this.begun && !this.upgraded;
	}

	/**
	 * Return whether the response that is under way is a stream of events, which may end
	 * after any of them.
	 * @return whether it may be ended
	 */
	boolean isEventStream() {
		return this.responding && this.eventStream;
	}

	boolean isUpgraded() {
		return this.upgraded;
	}

}
