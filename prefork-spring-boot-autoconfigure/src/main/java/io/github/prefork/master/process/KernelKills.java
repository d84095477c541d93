package io.github.prefork.master.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.prefork.master.memory.MemoryCgroup;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this control group that the kernel has killed for want of memory.
 * Children are in the group of their master. Safe for use by several threads.
 */
final class KernelKills {

	private static final String COUNTER = "oom_kill ";

	private final @Nullable Path file;

	private long attributed;

	/**
	 * Create the view of a counter.
	 * @param file the file that holds it, {@code null} if there is none
	 */
	KernelKills(@Nullable Path file) {
		this.file = file;
		this.attributed = count();
	}

	static KernelKills ofThisProcess() {
		return new KernelKills(new MemoryCgroup(Path.of("/")).find().orElse(null));
	}

	/**
	 * Return whether there was a kill that is not yet attributed to a process, and
	 * attribute it.
	 * @return whether there was; {@code false} if that can't be read
	 */
	synchronized boolean attribute() {
		if (count() <= this.attributed) {
			return false;
		}
		this.attributed++;
		return true;
	}

	private long count() {
		if (this.file == null) {
			return 0;
		}
		try {
			return Files.readAllLines(this.file)
				.stream()
				.filter((line) -> line.startsWith(COUNTER))
				.mapToLong((line) -> Long.parseLong(line.substring(COUNTER.length()).strip()))
				.findFirst()
				.orElse(0);
		}
		catch (IOException | NumberFormatException ex) {
			return 0;
		}
	}

}
