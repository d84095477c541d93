package io.github.prefork.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.awaitility.Awaitility;

/**
 * A control group of our own with a limit of memory, for one fleet. To be closed when its
 * processes have ended.
 */
public final class ControlGroup implements AutoCloseable {

	private static final Path ROOT = Path.of("/sys/fs/cgroup");

	private static final Duration REMOVAL = Duration.ofSeconds(20);

	private final Path directory;

	private ControlGroup(Path directory) {
		this.directory = directory;
	}

	/**
	 * Create a group at the top, where it is a neighbour of the tests' own one.
	 * @param bytes how much memory its processes may use together
	 * @return the group, or empty where memory is not limited by groups, or not by us
	 */
	public static Optional<ControlGroup> withMemory(long bytes) {
		boolean first = Files.isDirectory(ROOT.resolve("memory"));
		Path directory = ROOT.resolve((first) ? "memory" : ".")
			.normalize()
			.resolve("prefork-test-" + ProcessHandle.current().pid());
		try {
			Files.createDirectory(directory);
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		ControlGroup group = new ControlGroup(directory);
		try {
			// Written only if the kernel has put the file there
			Files.writeString(directory.resolve((first) ? "memory.limit_in_bytes" : "memory.max"),
					String.valueOf(bytes), StandardOpenOption.WRITE);
			return Optional.of(group);
		}
		catch (IOException ex) {
			group.close();
			return Optional.empty();
		}
	}

	/**
	 * Return how often the kernel has killed a process because the limit was reached.
	 * @return the number of processes
	 * @throws IOException if it cannot be read
	 */
	public long kills() throws IOException {
		Path unified = this.directory.resolve("memory.events");
		Path file = (Files.exists(unified)) ? unified : this.directory.resolve("memory.oom_control");
		return Files.readAllLines(file)
			.stream()
			.filter((line) -> line.startsWith("oom_kill "))
			.mapToLong((line) -> Long.parseLong(line.split(" ")[1]))
			.sum();
	}

	/**
	 * Return the most memory that was used at a time, with what files are cached.
	 * @return the bytes
	 * @throws IOException if it cannot be read
	 */
	public long highest() throws IOException {
		Path unified = this.directory.resolve("memory.peak");
		Path file = (Files.exists(unified)) ? unified : this.directory.resolve("memory.max_usage_in_bytes");
		return (Files.exists(file)) ? Long.parseLong(Files.readString(file).trim()) : 0;
	}

	/**
	 * Return what stands before a command so that it, and all that it starts, is in the
	 * group. It replaces itself by the command, so that the pid stays.
	 * @return the first words of a command line
	 */
	List<String> prefix() {
		return List.of("sh", "-c", "echo $$ > \"$0\" && exec \"$@\"",
				this.directory.resolve("cgroup.procs").toString());
	}

	/**
	 * Remove the group.
	 */
	@Override
	public void close() {
		// A process is in its group for a moment after it has ended
		Awaitility.await("removal of " + this.directory).atMost(REMOVAL).until(this::remove);
	}

	private boolean remove() {
		try {
			Files.deleteIfExists(this.directory);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
