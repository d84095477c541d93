package io.github.prefork.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A run that is under way. It ends by itself: at the latest two request timeouts after
 * the last scheduled moment. Safe for use by any number of threads.
 */
public final class LoadRun implements AutoCloseable {

	/**
	 * Long enough to start the threads, so that the first requests are not late.
	 */
	private static final Duration LEAD = Duration.ofMillis(30);

	private final LoadPlan plan;

	private final Schedule schedule;

	private final Recorder recorder = new Recorder();

	private final List<Thread> threads = new ArrayList<>();

	private LoadRun(LoadPlan plan) {
		this.plan = plan;
		InetSocketAddress address = plan.address();
		this.schedule = new Schedule(plan, System.nanoTime() + LEAD.toNanos());
		for (int i = 0; i < plan.connections(); i++) {
			LoadConnection connection = new LoadConnection(plan, address, this.schedule, this.recorder);
			Thread thread = new Thread(connection, "load-" + plan.port() + "-" + i);
			thread.setDaemon(true);
			this.threads.add(thread);
		}
	}

	static LoadRun start(LoadPlan plan) {
		LoadRun run = new LoadRun(plan);
		run.threads.forEach(Thread::start);
		return run;
	}

	/**
	 * Count the requests that have ended so far, well or not.
	 * @return the number of requests
	 */
	public long finished() {
		return this.recorder.finishedCount();
	}

	/**
	 * Report what has happened so far.
	 * @return the report, without the requests in flight
	 */
	public LoadReport report() {
		return this.recorder.report(this.plan, this.schedule.due());
	}

	/**
	 * Wait for the end of the run.
	 * @return the report
	 * @throws InterruptedException if the waiting thread is interrupted; the run goes on
	 */
	public LoadReport await() throws InterruptedException {
		for (Thread thread : this.threads) {
			thread.join();
		}
		return report();
	}

	/**
	 * Let no further request start and wait for those in flight.
	 * @return the report
	 * @throws InterruptedException if the waiting thread is interrupted
	 */
	public LoadReport stop() throws InterruptedException {
		this.schedule.stop();
		this.threads.forEach(LockSupport::unpark);
		return await();
	}

	/**
	 * Abort the run: requests in flight are given up.
	 */
	@Override
	public void close() {
		this.schedule.stop();
		this.threads.forEach(Thread::interrupt);
		boolean interrupted = false;
		for (Thread thread : this.threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
