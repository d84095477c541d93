package io.github.prefork.fleet;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * be heard any more. Safe for use by any number of threads.
 */
final class FleetOutput implements Closeable {

	private static final Duration POLL = Duration.ofMillis(10);

	private static final long CHECK_MILLIS = 200;

	private final Path file;

	private final Thread thread;

	private final List<String> lines = new ArrayList<>();

	private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

	private long consumed;

	private volatile boolean closing;

	FleetOutput(Path file) {
		this.file = file;
		this.thread = new Thread(this::follow, "fleet-output");
		this.thread.setDaemon(true);
		this.thread.start();
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
			last = System.nanoTime() >= deadline || (quiet && over.getAsBoolean() && isComplete());
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

	private synchronized boolean isComplete() {
		try {
			return this.consumed >= Files.size(this.file);
		}
		catch (IOException ex) {
			return true;
		}
	}

	synchronized List<String> lines() {
		return List.copyOf(this.lines);
	}

	synchronized String tail(int count) {
		int size = this.lines.size();
		return String.join("\n", this.lines.subList(Math.max(0, size - count), size));
	}

	private void follow() {
		byte[] buffer = new byte[16 * 1024];
		try (InputStream input = Files.newInputStream(this.file)) {
			boolean last = false;
			while (!last) {
				last = this.closing;
				for (int count = input.read(buffer); count > 0; count = input.read(buffer)) {
					add(buffer, count);
				}
				LockSupport.parkNanos((last) ? 0 : POLL.toNanos());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finish();
	}

	private synchronized void add(byte[] bytes, int count) {
		for (int i = 0; i < count; i++) {
			if (bytes[i] == '\n') {
				addLine();
			}
			else {
				this.partial.write(bytes[i]);
			}
		}
		this.consumed += count;
		notifyAll();
	}

	private synchronized void finish() {
		if (this.partial.size() > 0) {
			addLine();
		}
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
	}

}
