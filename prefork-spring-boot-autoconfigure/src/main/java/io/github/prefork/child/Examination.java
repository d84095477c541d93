package io.github.prefork.child;

import java.io.PrintStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.github.prefork.channel.ToMaster;
import org.jspecify.annotations.Nullable;

/**
 * Says where this child is stuck, and writes the stacks of all threads to its output.
 */
final class Examination {

	/** Whose frames say little about what an application waits for. */
	private static final Set<String> NOT_OF_APPLICATION = Set.of("java.", "javax.", "jdk.", "sun.", "com.sun.",
			"io.netty.", "reactor.", "org.reactivestreams.", "org.springframework.", "kotlin.", "kotlinx.");

	private static final String MAIN = "main";

	private static final long LONGEST_WRITE_MILLIS = 2000;

	private final String name;

	private final LoopProbe probe;

	private final PrintStream output;

	/**
	 * Create the examination.
	 * @param name the name of the child
	 * @param probe knows the event loops
	 * @param output where the stacks are written to
	 */
	Examination(String name, LoopProbe probe, PrintStream output) {
		this.name = name;
		this.probe = probe;
		this.output = output;
	}

	/**
	 * Write, then answer, since the answer is the end of this child. The output may be
	 * what the child hangs on, so after a while it answers nevertheless.
	 * @param answer takes the answer to the master
	 * @param timer answers if the writing takes too long
	 */
	void start(Consumer<ToMaster> answer, ScheduledExecutorService timer) {
		AtomicBoolean answered = new AtomicBoolean();
		ToMaster.Stuck stuck = new ToMaster.Stuck(where());
		Runnable once = () -> {
			if (answered.compareAndSet(false, true)) {
				answer.accept(stuck);
			}
		};
		timer.schedule(once, LONGEST_WRITE_MILLIS, TimeUnit.MILLISECONDS);
		Thread thread = new Thread(() -> {
			write();
			once.run();
		}, "prefork-examination");
		thread.setDaemon(true);
		thread.start();
	}

	private void write() {
		this.output.println("Threads of child " + this.name + ", asked for by its master:\n" + ThreadStacks.text());
	}

	/**
	 * Return where the child is stuck.
	 * @return the event loop that does not answer, or else the main thread, and its
	 * frames
	 */
	String where() {
		Thread loop = this.probe.blockedThread();
		Thread stuck = (loop != null) ? loop : mainThread();
		return (stuck != null) ? stuck.getName() + " " + describe(stuck.getStackTrace())
				: "no event loop is blocked any more, and its main thread has ended; it may have been stopped and go on now";
	}

	private static @Nullable Thread mainThread() {
		Map<Thread, StackTraceElement[]> all = Thread.getAllStackTraces();
		return all.keySet().stream().filter((thread) -> thread.getName().equals(MAIN)).findFirst().orElse(null);
	}

	static String describe(StackTraceElement[] frames) {
		if (frames.length == 0) {
			return "runs no Java code";
		}
		String top = "at " + text(frames[0]);
		return top + Stream.of(frames)
			.skip(1)
			.filter(Examination::isOfApplication)
			.findFirst()
			.filter((frame) -> !isOfApplication(frames[0]))
			.map((frame) -> ", called from " + text(frame))
			.orElse("");
	}

	private static String text(StackTraceElement frame) {
		// Without the names of class loader and module
		String line = (frame.isNativeMethod()) ? "Native Method" : frame.getFileName() + ":" + frame.getLineNumber();
		return frame.getClassName() + "." + frame.getMethodName() + "(" + line + ")";
	}

	private static boolean isOfApplication(StackTraceElement frame) {
		return NOT_OF_APPLICATION.stream().noneMatch(frame.getClassName()::startsWith);
	}

}
