package io.github.prefork.child;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToMaster;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process when direct memory or threads can't be had, as
 * {@code -XX:+ExitOnOutOfMemoryError} ends it for the heap, and where that option is in
 * force: a child that lives on fails one request after the other. Safe for use by several
 * threads.
 */
final class OutOfMemoryExit {

	/** The status that the JVM itself uses. */
	private static final int STATUS = 3;

	private static final int MAX_CAUSES = 10;

	private static final int MAX_LENGTH = 300;

	/**
	 * How long the master is waited for; the channel's thread may be out of memory too.
	 */
	private static final long SEND_MILLIS = 1000;

	private final ChildChannel channel;

	private final ChildExit exit;

	private final BooleanSupplier wanted;

	private final AtomicBoolean ending = new AtomicBoolean();

	/**
	 * Create the exit.
	 * @param channel the channel to the master
	 * @param exit how the process ends
	 * @param wanted whether the process is to end when memory runs out; asked when it has
	 */
	OutOfMemoryExit(ChildChannel channel, ChildExit exit, BooleanSupplier wanted) {
		this.channel = channel;
		this.exit = exit;
		this.wanted = wanted;
	}

	/**
	 * End the process if that is the failure. Does not return then.
	 * @param failure what went wrong somewhere
	 */
	void check(Throwable failure) {
		OutOfMemoryError error = find(failure);
		if (error != null && this.wanted.getAsBoolean() && this.ending.compareAndSet(false, true)) {
			end(error);
		}
	}

	private static @Nullable OutOfMemoryError find(Throwable failure) {
		Throwable cause = failure;
		for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
			if (cause instanceof OutOfMemoryError error && isOfProcess(error)) {
				return error;
			}
			cause = cause.getCause();
		}
		return null;
	}

	private static boolean isOfProcess(OutOfMemoryError error) {
		// Where the heap is exhausted the JVM has ended already. What is left is memory
		// that the whole process lacks, or an array that one caller wants too large
		String message = String.valueOf(error.getMessage());
		return message.contains("direct buffer memory") || message.contains("of direct memory")
				|| message.contains("unable to create native thread");
	}

	private void end(OutOfMemoryError error) {
		try {
			// Logging may need what is not there
			System.err.println("Terminating due to " + error);
			error.printStackTrace();
			this.channel.send(new ToMaster.OutOfMemory(line(error)));
			// Done when what was sent before is sent
			this.channel.executor().submit(() -> {
			}).get(SEND_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			// It ends all the same; the status tells the reason too
		}
		finally {
			this.exit.halt(STATUS);
		}
	}

	private static String line(OutOfMemoryError error) {
		String text = error.toString().lines().findFirst().orElse("");
		return text.substring(0, Math.min(text.length(), MAX_LENGTH));
	}

}
