package io.github.prefork.process;

import java.util.List;

/**
 * The names of the signals of Linux.
 */
public final class SignalNames {

	/** By their number, from 1 on. */
	private static final List<String> NAMES = List.of("HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL",
			"USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU",
			"URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

	private SignalNames() {
	}

	/**
	 * Describe a signal.
	 * @param signal its number
	 * @return its number and, if it has one, its name
	 */
	public static String describe(int signal) {
		boolean named = signal > 0 && signal <= NAMES.size();
		return "signal " + signal + (named ? ", SIG" + NAMES.get(signal - 1) : "");
	}

}
