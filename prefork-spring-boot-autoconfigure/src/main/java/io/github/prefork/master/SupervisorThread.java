package io.github.prefork.master;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.prefork.supervisor.Input;
import io.github.prefork.supervisor.Supervisor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that owns the supervisor: takes all inputs there are, lets the
 * supervisor make a turn, and sleeps until the next input or deadline. Not a daemon, so
 * that it keeps the JVM of the master alive.
 */
final class SupervisorThread {

	private static final Log logger = LogFactory.getLog(SupervisorThread.class);

	private final BlockingQueue<Input> inputs;

	private final Supervisor supervisor;

	private final Runnable cleanUp;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final Thread thread;

	/**
	 * Create the thread.
	 * @param inputs the inputs
	 * @param supervisor the supervisor
	 * @param cleanUp what to do when the fleet has stopped, however it comes to that
	 */
	SupervisorThread(BlockingQueue<Input> inputs, Supervisor supervisor, Runnable cleanUp) {
		this.inputs = inputs;
		this.supervisor = supervisor;
		this.cleanUp = cleanUp;
		this.thread = new Thread(this::run, "prefork-supervisor");
		this.thread.setDaemon(false);
	}

	static BlockingQueue<Input> newInputs() {
		return new LinkedBlockingQueue<>();
	}

	void start() {
		this.thread.start();
	}

	boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	/**
	 * Return the end of the fleet.
	 * @return completed when nothing of the fleet is left; with the failure if the
	 * supervisor itself failed
	 */
	CompletableFuture<Void> ended() {
		return this.ended;
	}

	private void run() {
		Throwable failure = null;
		try {
			loop();
		}
		catch (RuntimeException | Error ex) {
			logger.error("The supervisor has failed; all children are killed", ex);
			failure = ex;
		}
		try {
			this.cleanUp.run();
		}
		finally {
			complete(failure);
		}
	}

	private void complete(@Nullable Throwable failure) {
		if (failure != null) {
			this.ended.completeExceptionally(failure);
		}
		else {
			this.ended.complete(null);
		}
	}

	private void loop() {
		List<Input> batch = new ArrayList<>();
		while (!this.supervisor.isTerminated()) {
			await(batch);
			this.inputs.drainTo(batch);
			this.supervisor.turn(batch);
			batch.clear();
		}
	}

	private void await(List<Input> batch) {
		long deadline = this.supervisor.nextDeadline();
		try {
			Input first = (deadline == Long.MAX_VALUE) ? this.inputs.take()
					: this.inputs.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
			if (first != null) {
				batch.add(first);
			}
		}
		catch (InterruptedException ex) {
			// Nobody has a reason to interrupt this thread; the fleet needs it until it
			// ends
			logger.debug("Interrupt of the supervisor ignored");
		}
	}

}
