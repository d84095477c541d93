package io.github.prefork.supervisor;

import java.util.Set;

import io.github.prefork.ExitReason;

/**
 * Tells why a child has ended.
 */
final class ExitClassifier {

	private static final int SIGNAL_BASE = 128;

	private static final int MAX_SIGNAL = 64;

	/** SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE and SIGSEGV: a process' own faults. */
	private static final Set<Integer> FAULTS = Set.of(4, 5, 6, 7, 8, 11);

	private ExitClassifier() {
	}

	static ExitReason classify(Child child, int exitCode) {
		if (child.killedFor != null) {
			return child.killedFor;
		}
		if (child.planned) {
			return ExitReason.PLANNED;
		}
		if (!child.served) {
			return ExitReason.BOOT_FAILED;
		}
		if (child.leaving()) {
			return ExitReason.LEFT;
		}
		return bySignal(exitCode) ? ExitReason.KILLED : ExitReason.CRASHED;
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
