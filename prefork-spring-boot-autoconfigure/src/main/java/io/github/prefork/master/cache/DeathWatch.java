package io.github.prefork.master.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Ends a program, and what it has launched, if this JVM dies before it: a shell waits for
 * the end of a pipe whose other end only this JVM holds. Where there is no shell, nothing
 * does it.
 * <p>
 * The program is not started by the shell itself, since some shells keep back variables
 * whose names have a dot or a dash.
 */
final class DeathWatch implements AutoCloseable {

	static final List<String> SHELL = List.of("/bin/sh");

	/**
	 * Its input: the process id, then an empty line when the program has ended. It has to
	 * outlive a Ctrl-C. What it does needs no other program. A process that is stopped
	 * launches no other while its children are looked for.
	 */
	private static final String SCRIPT = """
			trap '' HUP INT QUIT TERM
			end() {
				kill -STOP "$1"
				for task in /proc/"$1"/task/*/children; do
					children=
					read -r children <"$task"
					for child in $children; do
						end "$child"
					done
				done
				kill -KILL "$1"
			}
			read -r pid || exit 0
			[ -n "$pid" ] || exit 0
			read -r ended && exit 0
			end "$pid"
			""";

	private final @Nullable Process shell;

	private DeathWatch(@Nullable Process shell) {
		this.shell = shell;
	}

	/**
	 * Start the shell, before the program, so that hardly any time is left in which
	 * nobody watches it.
	 * @param shell its command
	 * @return the watch
	 */
	static DeathWatch begin(List<String> shell) {
		try {
			List<String> command = new ArrayList<>(shell);
			command.addAll(List.of("-c", SCRIPT));
			ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(Redirect.DISCARD)
				.redirectError(Redirect.DISCARD);
			builder.environment().clear();
			return new DeathWatch(builder.start());
		}
		catch (IOException ex) {
			return new DeathWatch(null);
		}
	}

	/**
	 * Say what to watch.
	 * @param pid the process id of the program
	 */
	void over(long pid) {
		say(pid + "\n");
	}

	private void say(String line) {
		if (this.shell != null) {
			try {
				OutputStream input = this.shell.getOutputStream();
				input.write(line.getBytes(StandardCharsets.US_ASCII));
				input.flush();
			}
			catch (IOException ex) {
				// Somebody has ended it
			}
		}
	}

	/**
	 * The program has ended: nobody is to be killed who gets its process id.
	 */
	void ended() {
		if (this.shell != null) {
			say("\n");
			try {
				this.shell.getOutputStream().close();
			}
			catch (IOException ex) {
				// Somebody has ended it
			}
		}
	}

	/**
	 * The program has ended, or was not started.
	 */
	@Override
	public void close() {
		ended();
	}

}
