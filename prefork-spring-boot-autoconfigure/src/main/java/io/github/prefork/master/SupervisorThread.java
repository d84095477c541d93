package io.github.prefork.master;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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

	private final Runnable heartbeats;

	private final Supervisor supervisor;

	private final Consumer<@Nullable Throwable> cleanUp;

	private final CompletableFuture<Void> ended = new CompletableFuture<>();

	private final Thread thread;

	/**
	 * Create the thread.
	 * @param inputs the inputs
	 * @param heartbeats adds the heartbeats there are to the inputs; called before each
	 * turn, since heartbeats wake nobody
	 * @param supervisor the supervisor
	 * @param cleanUp what to do when the fleet has stopped, however it comes to that; is
	 * given the failure of the supervisor itself, if it has failed
	 */
	SupervisorThread(BlockingQueue<Input> inputs, Runnable heartbeats, Supervisor supervisor,
			Consumer<@Nullable Throwable> cleanUp) {
		this.inputs = inputs;
		this.heartbeats = heartbeats;
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
	 * Return whether the thread waits for the end of the JVM, which it then can't help
	 * with any more.
	 * @return whether it is in {@link System#exit(int)}
	 */
	boolean exitsJvm() {
		return Arrays.stream(this.thread.getStackTrace())
			.anyMatch((frame) -> frame.getClassName().equals("java.lang.Shutdown"));
	}

	/**
	 * Return the end of the fleet.
	 * @return completed when nothing of the fleet is left; with the failure if the
	 * supervisor itself failed
	 */
	CompletableFuture<Void> ended() {
		return this.ended;
	}

	/**
	 * End a fleet whose thread could not be started.
	 * @param failure why
	 */
	void abandon(Throwable failure) {
		end(failure);
	}

	private void run() {
		Throwable failure = null;
		try {
			loop();
		}
		catch (Throwable ex) {
			logger.error("The supervisor has failed; all children are killed", ex);
			failure = ex;
		}
		end(failure);
	}

	private void end(@Nullable Throwable failure) {
		try {
			this.cleanUp.accept(failure);
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
			this.heartbeats.run();
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
