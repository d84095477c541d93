package io.github.prefork.channel;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A listener of a master that writes down what it learns.
 */
class MasterProbe implements MasterChannel.Listener {

	static final Duration DEADLINE = Duration.ofSeconds(10);

	final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

	private volatile Class<?> pausing = Void.class;

	private volatile CountDownLatch resume = new CountDownLatch(0);

	/**
	 * Hold the channel's thread when a message arrives.
	 * @param message the kind of message
	 * @param resume what to wait for
	 */
	void pauseAt(Class<? extends ToMaster> message, CountDownLatch resume) {
		this.resume = resume;
		this.pausing = message;
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void claimed(long launch, ToMaster.Hello hello) {
		this.calls.add("claimed " + launch + " " + hello.pid() + " " + Thread.currentThread().getName());
	}

	@Override
	public void refused(long launch, String reason) {
		this.calls.add("refused " + launch + " " + reason);
	}

	@Override
	public void received(long launch, ToMaster message) {
		this.calls.add("received " + launch + " " + message);
		if (this.pausing.isInstance(message)) {
			await(this.resume);
		}
	}

	@Override
	public void closed(long launch) {
		this.calls.add("closed " + launch);
	}

	String next() throws InterruptedException {
		String call = this.calls.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
		assertThat(call).as("call of the listener").isNotNull();
		return call;
	}

	List<String> rest() {
		return List.copyOf(this.calls);
	}

}
