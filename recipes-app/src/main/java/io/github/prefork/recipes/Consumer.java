package io.github.prefork.recipes;

import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * Consumes the messages of a feed while it is started, as the listener container of a
 * broker does. It does not start by itself.
 */
class Consumer implements SmartLifecycle {

	private final Feed feed;

	private final Journal journal;

	private @Nullable Thread thread;

	Consumer(Feed feed, Journal journal) {
		this.feed = feed;
		this.journal = journal;
	}

	@Override
	public boolean isAutoStartup() {
		return false;
	}

	@Override
	public synchronized void start() {
		if (this.thread == null) {
			this.thread = new Thread(this::consume, "consumer");
			this.thread.start();
		}
	}

	@Override
	public synchronized void stop() {
		Thread running = this.thread;
		if (running != null) {
			this.thread = null;
			running.interrupt();
			join(running);
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.thread != null;
	}

	private void consume() {
		try {
			while (!Thread.currentThread().isInterrupted()) {
				this.journal.add("message", this.feed.take());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void join(Thread running) {
		try {
			running.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
