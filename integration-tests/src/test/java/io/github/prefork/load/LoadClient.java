package io.github.prefork.load;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Puts a load on an HTTP/1.1 server over raw sockets and hides nothing: a request is
 * never retried, its latency counts from the moment at which the one schedule wanted it,
 * and each failure tells its kind, whether the connection was new, and which process had
 * accepted it.
 */
public final class LoadClient {

	private LoadClient() {
	}

	/**
	 * Start a run and return at once.
	 * @param plan what to do
	 * @return the run, to be awaited or closed
	 * @throws IllegalArgumentException if the host is unknown
	 */
	public static LoadRun start(LoadPlan plan) {
		return LoadRun.start(plan);
	}

	/**
	 * Do a whole run.
	 * @param plan what to do
	 * @return the report
	 * @throws InterruptedException if the waiting thread is interrupted; the run is
	 * aborted
	 * @throws IllegalArgumentException if the host is unknown
	 */
	public static LoadReport run(LoadPlan plan) throws InterruptedException {
		try (LoadRun run = start(plan)) {
			return run.await();
		}
	}

	/**
	 * Do a run and print its report; Ctrl-C ends the run early.
	 * @param args options, see {@code --help}
	 * @throws InterruptedException if interrupted
	 */
	public static void main(String[] args) throws InterruptedException {
		System.exit(run(System.out, System.err, args));
	}

	static int run(PrintStream out, PrintStream err, String... args) throws InterruptedException {
		if (List.of(args).contains("--help")) {
			out.println(LoadOptions.HELP);
			return 0;
		}
		LoadPlan plan;
		try {
			plan = LoadOptions.parse(args);
			plan.address();
		}
		catch (IllegalArgumentException ex) {
			err.println(ex.getMessage() + "; see --help");
			return 2;
		}
		LoadReport report = runAndPrint(plan, out);
		return (report.failures().isEmpty() && report.unsent() == 0) ? 0 : 1;
	}

	private static LoadReport runAndPrint(LoadPlan plan, PrintStream out) throws InterruptedException {
		CountDownLatch printed = new CountDownLatch(1);
		try (LoadRun run = start(plan)) {
			Thread hook = new Thread(() -> endEarly(run, printed), "load-end");
			Runtime.getRuntime().addShutdownHook(hook);
			LoadReport report = run.await();
			out.println(report);
			printed.countDown();
			removeHook(hook);
			return report;
		}
	}

	// The JVM halts when its hooks are through: they have to wait for the report
	private static void endEarly(LoadRun run, CountDownLatch printed) {
		try {
			run.stop();
			printed.await(5, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void removeHook(Thread hook) {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// The JVM is stopping: this is the early end
		}
	}

}
