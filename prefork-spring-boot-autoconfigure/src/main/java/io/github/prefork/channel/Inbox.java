package io.github.prefork.channel;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What the child has received: kept until there is a listener, then delivered in order.
 * For the channel's thread only.
 */
final class Inbox {

	private final Queue<Object> kept = new ArrayDeque<>();

	private ChildChannel.@Nullable Listener listener;

	private boolean closed;

	void listen(ChildChannel.Listener listener) {
		this.listener = listener;
		for (Object received = this.kept.poll(); received != null; received = this.kept.poll()) {
			deliver(listener, received);
		}
		if (this.closed) {
			ConnectionHandler.tell(listener::closed);
		}
	}

	/**
	 * Take a message or a descriptor.
	 * @param received what was received
	 */
	void add(Object received) {
		if (this.listener != null) {
			deliver(this.listener, received);
		}
		else {
			this.kept.add(received);
		}
	}

	int size() {
		return this.kept.size();
	}

	/**
	 * The control connection has ended.
	 */
	void closed() {
		if (!this.closed) {
			this.closed = true;
			if (this.listener != null) {
				ConnectionHandler.tell(this.listener::closed);
			}
		}
	}

	/**
	 * Nobody will listen any more: close the descriptors that nobody took over.
	 */
	void discard() {
		this.closed = true;
		for (Object received : this.kept) {
			if (received instanceof FileDescriptor descriptor) {
				ChildListenersHandler.close(descriptor);
			}
		}
		this.kept.clear();
	}

	private static void deliver(ChildChannel.Listener listener, Object received) {
		if (received instanceof FileDescriptor descriptor) {
			ConnectionHandler.tell(() -> listener.passed(descriptor));
		}
		else if (received instanceof ToChild message) {
			ConnectionHandler.tell(() -> listener.received(message));
		}
	}

}
