package io.github.prefork.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a thread of a process has used so far.
 *
 * @param name its name, cut by the kernel after 15 characters
 * @param running how long it was on a processor
 * @param waits how often it has gone to sleep, and so been woken
 */
public record ThreadUse(String name, Duration running, long waits) {

	private static final Pattern WAITS = Pattern.compile("^voluntary_ctxt_switches:\\s*(\\d+)$", Pattern.MULTILINE);

	/**
	 * Read what the threads of a process have used.
	 * @param pid the process
	 * @return its live threads
	 */
	public static List<ThreadUse> of(long pid) {
		List<ThreadUse> threads = new ArrayList<>();
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
			for (Path directory : directories) {
				ThreadUse thread = read(directory);
				if (thread != null) {
					threads.add(thread);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return threads;
	}

	private static @Nullable ThreadUse read(Path directory) {
		try {
			String name = Files.readString(directory.resolve("comm")).trim();
			String nanos = Files.readString(directory.resolve("schedstat")).split(" ")[0];
			Matcher waits = WAITS.matcher(Files.readString(directory.resolve("status")));
			return new ThreadUse(name, Duration.ofNanos(Long.parseLong(nanos)),
					(waits.find()) ? Long.parseLong(waits.group(1)) : 0);
		}
		catch (IOException ex) {
			// It has ended meanwhile
			return null;
		}
	}

	/**
	 * Add up what some threads have used.
	 * @param name the beginning of their names
	 * @param threads all threads
	 * @return the sum
	 */
	public static ThreadUse sum(String name, List<ThreadUse> threads) {
		List<ThreadUse> chosen = threads.stream().filter((thread) -> thread.name.startsWith(name)).toList();
		return new ThreadUse(name, chosen.stream().map(ThreadUse::running).reduce(Duration.ZERO, Duration::plus),
				chosen.stream().mapToLong(ThreadUse::waits).sum());
	}

	/**
	 * Return what was used since an earlier time.
	 * @param earlier what had been used then
	 * @return the difference
	 */
	public ThreadUse since(ThreadUse earlier) {
		return new ThreadUse(this.name, this.running.minus(earlier.running), this.waits - earlier.waits);
	}

}
