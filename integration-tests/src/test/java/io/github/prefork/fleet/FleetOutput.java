package io.github.prefork.fleet;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The output of all processes of a fleet, line by line, as it comes. It is read from a
 * file: a pipe would be closed by the JDK when the master ends, and the orphans could not
 * be heard any more. Whoever asks gets all that was written until then, so nothing of a
 * process that has ended is missing. Safe for use by any number of threads.
 */
final class FleetOutput implements Closeable {

	private static final Duration POLL = Duration.ofMillis(10);

	private static final long CHECK_MILLIS = 200;

	private final RandomAccessFile file;

	private final Thread thread;

	private final byte[] buffer = new byte[16 * 1024];

	private final List<String> lines = new ArrayList<>();

	private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

	private long consumed;

	private boolean closed;

	private volatile boolean closing;

	FleetOutput(Path file) {
		this.file = open(file);
		this.thread = new Thread(this::follow, "fleet-output");
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private static RandomAccessFile open(Path file) {
		try {
			return new RandomAccessFile(file.toFile(), "r");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Wait for a line.
	 * @param pattern is to be found in the line
	 * @param from the number of lines at the beginning that do not count
	 * @param timeout the longest wait
	 * @param over tells whether no more output can come
	 * @return the match, or {@code null} if there is none in time
	 */
	synchronized @Nullable MatchResult await(Pattern pattern, int from, Duration timeout, BooleanSupplier over) {
		long deadline = System.nanoTime() + timeout.toNanos();
		int next = from;
		boolean last = false;
		while (true) {
			drain();
			for (; next < this.lines.size(); next++) {
				Matcher matcher = pattern.matcher(this.lines.get(next));
				if (matcher.find()) {
					return matcher.toMatchResult();
				}
			}
			if (last) {
				return null;
			}
			boolean quiet = !awaitMoreLines(next, deadline);
			last = System.nanoTime() >= deadline || (quiet && over.getAsBoolean());
		}
	}

	private synchronized boolean awaitMoreLines(int count, long deadline) {
		long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1;
		try {
			wait(Math.max(1, Math.min(left, CHECK_MILLIS)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for output", ex);
		}
		return this.lines.size() > count;
	}

	synchronized List<String> lines() {
		drain();
		return List.copyOf(this.lines);
	}

	synchronized String tail(int count) {
		drain();
		int size = this.lines.size();
		return String.join("\n", this.lines.subList(Math.max(0, size - count), size));
	}

	private void follow() {
		while (!this.closing) {
			drain();
			LockSupport.parkNanos(POLL.toNanos());
		}
	}

	// Up to what is the end now: there may be more all the time
	private synchronized void drain() {
		if (this.closed) {
			return;
		}
		try {
			long end = this.file.length();
			while (this.consumed < end) {
				add(this.file.read(this.buffer));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(int count) {
		for (int i = 0; i < count; i++) {
			if (this.buffer[i] == '\n') {
				addLine();
			}
			else {
				this.partial.write(this.buffer[i]);
			}
		}
		this.consumed += count;
		notifyAll();
	}

	private synchronized void finish() {
		drain();
		if (!this.closed && this.partial.size() > 0) {
			addLine();
		}
		this.closed = true;
		notifyAll();
	}

	private void addLine() {
		this.lines.add(this.partial.toString(StandardCharsets.UTF_8));
		this.partial.reset();
	}

	/**
	 * Read what is left and stop reading.
	 */
	@Override
	public void close() {
		this.closing = true;
		LockSupport.unpark(this.thread);
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finish();
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
