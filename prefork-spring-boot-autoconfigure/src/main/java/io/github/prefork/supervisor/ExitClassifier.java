package io.github.prefork.supervisor;

import java.util.Set;

import io.github.prefork.ExitReason;

/**
 * Tells why a child has ended.
 */
final class ExitClassifier {

	private static final int SIGNAL_BASE = 128;

	private static final int MAX_SIGNAL = 64;

	private static final int SIGKILL = 9;

	/** The status with which {@code -XX:+ExitOnOutOfMemoryError} ends a JVM. */
	private static final int OUT_OF_MEMORY_STATUS = 3;

	/** SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE and SIGSEGV: a process' own faults. */
	private static final Set<Integer> FAULTS = Set.of(4, 5, 6, 7, 8, 11);

	private ExitClassifier() {
	}

	static ExitReason classify(Child child, int exitCode, ExitEvidence evidence) {
		if (child.killedFor != null) {
			return child.killedFor;
		}
		if (child.planned) {
			return ExitReason.PLANNED;
		}
		if (child.outOfMemory || (!child.leaving() && outOfMemory(child, exitCode, evidence))) {
			return ExitReason.OUT_OF_MEMORY;
		}
		if (!child.served) {
			return ExitReason.BOOT_FAILED;
		}
		if (child.leaving()) {
			return ExitReason.LEFT;
		}
		return bySignal(exitCode) ? ExitReason.KILLED : ExitReason.CRASHED;
	}

	private static boolean outOfMemory(Child child, int exitCode, ExitEvidence evidence) {
		return switch (exitCode) {
			// An application whose start fails may choose any status
			case OUT_OF_MEMORY_STATUS -> evidence.exitsWhenOutOfMemory() && child.failing == null;
			case SIGNAL_BASE + SIGKILL -> evidence.killedByKernel();
			default -> evidence.reportsOutOfMemory();
		};
	}

	/**
	 * Return whether something else than the way in which it was started is taken to have
	 * ended a child that boots: a signal that nobody of the fleet sent, or a lack of
	 * memory. Of the latter that is not certain, but an ordinary start needs much of it
	 * too.
	 * @param child the child, which was never ready
	 * @param exitCode its exit status
	 * @param reason the reason as classified
	 * @return whether its end is a loss as any other
	 */
	static boolean isFromOutside(Child child, int exitCode, ExitReason reason) {
		// One that says what has failed may end by any status
		return reason == ExitReason.OUT_OF_MEMORY
				|| (child.killedFor == null && child.failing == null && bySignal(exitCode));
	}

	private static boolean bySignal(int exitCode) {
		int signal = exitCode - SIGNAL_BASE;
		return signal > 0 && signal <= MAX_SIGNAL && !FAULTS.contains(signal);
	}

	static String describe(int exitCode) {
		int signal = exitCode - SIGNAL_BASE;
		return (signal > 0 && signal <= MAX_SIGNAL) ? "exit code " + exitCode + " (signal " + signal + ")"
				: "exit code " + exitCode;
	}

}
