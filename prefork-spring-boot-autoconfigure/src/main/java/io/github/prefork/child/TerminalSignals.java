package io.github.prefork.child;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.github.prefork.process.ProcessSignals;
import org.jspecify.annotations.Nullable;

/**
 * The signals that a terminal sends to every process of its group: INT and HUP.
 */
final class TerminalSignals {

	private static final Queue<Runnable> toRestore = new ConcurrentLinkedQueue<>();

	private TerminalSignals() {
	}

	/**
	 * Do nothing when they come: the master acts on them and tells its children. They are
	 * not set to be ignored, which the JVM would not take back.
	 */
	static void leaveToMaster() {
		Stream.of("INT", "HUP").map(TerminalSignals::doNothing).filter(Objects::nonNull).forEach(toRestore::add);
	}

	private static @Nullable Runnable doNothing(String signal) {
		return ProcessSignals.borrow(signal, () -> {
		});
	}

	/**
	 * Let them end this process again, unless it was started with them ignored.
	 */
	static void obey() {
		Runnable signal;
		while ((signal = toRestore.poll()) != null) {
			signal.run();
		}
	}

}
