package io.github.prefork.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of a process in {@code /proc/<pid>/stat}.
 *
 * @param state the state, one letter
 * @param threads the number of its threads
 * @param started when it was started, in ticks since the boot of the system; does not
 * change when the clock is set
 */
public record ProcessStat(char state, int threads, long started) {

	private static final int STATE = 0;

	private static final int THREADS = 17;

	private static final int STARTED = 19;

	/**
	 * Read it.
	 * @param file the file
	 * @return what it says
	 * @throws java.nio.file.NoSuchFileException if there is no such process
	 * @throws IOException if it can't be read or understood
	 */
	public static ProcessStat read(Path file) throws IOException {
		// The name of the program may have any bytes
		String text = Files.readString(file, StandardCharsets.ISO_8859_1);
		try {
			String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
			return new ProcessStat(fields[STATE].charAt(0), Integer.parseInt(fields[THREADS]),
					Long.parseLong(fields[STARTED]));
		}
		catch (RuntimeException ex) {
			throw new IOException("Cannot understand " + file, ex);
		}
	}

	/**
	 * Return whether a signal, such as SIGSTOP, or a debugger has stopped the process.
	 * @return whether it is stopped
	 */
	public boolean isStopped() {
		return this.state == 'T' || this.state == 't';
	}

	/**
	 * Return whether a debugger of the system has stopped the process.
	 * @return whether it is stopped while it is traced
	 */
	public boolean isTraced() {
		return this.state == 't';
	}

	/**
	 * Return whether the process has ended and its parent has not taken note of it. The
	 * state is the one of its first thread, which may end before others.
	 * @return whether it is a zombie
	 */
	public boolean isZombie() {
		return (this.state == 'Z' || this.state == 'X') && this.threads <= 1;
	}

}
