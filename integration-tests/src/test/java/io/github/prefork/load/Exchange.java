package io.github.prefork.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Performs one request after the other on one connection and remembers what the
 * connection has told. A request is written once and never again.
 */
final class Exchange {

	private final LoadPlan plan;

	private final InetSocketAddress address;

	private final byte[] request;

	private final byte[] body;

	private final Wire wire;

	private final Recorder recorder;

	private boolean reused;

	private boolean reusable;

	private int status;

	private @Nullable Long pid;

	Exchange(LoadPlan plan, InetSocketAddress address, Wire wire, Recorder recorder) {
		this.plan = plan;
		this.address = address;
		this.request = plan.toRequest();
		this.body = plan.content();
		this.wire = wire;
		this.recorder = recorder;
	}

	RequestOutcome perform(long number, Schedule schedule) throws IOException {
		long started = System.nanoTime();
		this.wire.deadline(started + this.plan.timeout().toNanos());
		Failure failure = tryOnce();
		long finished = System.nanoTime();
		if (!this.reusable) {
			this.wire.disconnect();
		}
		return new RequestOutcome(number, schedule.at(number), schedule.toInstant(started),
				schedule.toInstant(finished), this.reused, this.wire.localPort(), this.pid, this.status, failure);
	}

	private @Nullable Failure tryOnce() {
		this.reused = false;
		this.reusable = false;
		this.status = 0;
		try {
			this.reused = this.wire.isConnected() && !closedWhileIdle();
			open();
			this.wire.write(ByteBuffer.wrap(this.request));
			receive();
		}
		catch (IOException ex) {
			return Failure.of(ex);
		}
		return (isSuccess()) ? null : new Failure(FailureKind.BAD_STATUS, "status " + this.status);
	}

	private boolean isSuccess() {
		return this.status >= 200 && this.status < 300;
	}

	/**
	 * Look at the connection before anything is written on it. One that the server has
	 * closed while it was idle has failed no request: it is counted apart, and another is
	 * opened.
	 */
	private boolean closedWhileIdle() {
		boolean closed;
		try {
			closed = this.wire.peek() < 0;
		}
		catch (IOException ex) {
			closed = true;
		}
		if (closed) {
			this.recorder.closedWhileIdle();
		}
		return closed;
	}

	private void open() throws IOException {
		if (!this.reused) {
			this.pid = null;
			this.wire.connect(this.address);
		}
		else if (this.wire.peek() > 0) {
			throw new ProtocolException("bytes came that belong to no response");
		}
	}

	private void receive() throws IOException {
		ResponseReader reader = new ResponseReader(this.wire, this.plan.method());
		ResponseHead head = reader.readHead();
		this.status = head.status();
		Long told = head.pid();
		this.pid = (told != null) ? told : this.pid;
		boolean echo = this.plan.echoed() && isSuccess();
		boolean delimited = (echo) ? reader.matchBody(head, this.body) : reader.skipBody(head);
		this.reusable = delimited && !head.closes() && this.plan.mode().keepsAlive();
	}

}
