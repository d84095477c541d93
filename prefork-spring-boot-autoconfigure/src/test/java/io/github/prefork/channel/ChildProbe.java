package io.github.prefork.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.netty.channel.unix.FileDescriptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener of a child that writes down what it learns.
 */
class ChildProbe implements ChildChannel.Listener {

	static final String CLOSED = "closed";

	private final BlockingQueue<Object> calls = new LinkedBlockingQueue<>();

	private final BlockingQueue<String> threads = new LinkedBlockingQueue<>();

	@Override
	public void received(ToChild message) {
		this.threads.add(Thread.currentThread().getName());
		this.calls.add(message);
	}

	@Override
	public void passed(FileDescriptor listener) {
		this.threads.add(Thread.currentThread().getName());
		this.calls.add(listener);
	}

	@Override
	public void closed() {
		this.threads.add(Thread.currentThread().getName());
		this.calls.add(CLOSED);
	}

	Object next() throws InterruptedException {
		Object call = this.calls.poll(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
		assertThat(call).as("call of the listener").isNotNull();
		return call;
	}

	List<Object> rest() {
		return List.copyOf(this.calls);
	}

	List<String> threads() {
		return List.copyOf(this.threads);
	}

}
