package io.github.prefork.master.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The control group that bounds the memory of this process.
 */
public final class MemoryCgroup {

	private static final String MEMORY = "memory";

	/** Version 1 writes about this much for no limit. */
	private static final long NO_LIMIT = Long.MAX_VALUE / 2;

	private final Path root;

	/**
	 * Create a finder.
	 * @param root the root of the file system
	 */
	public MemoryCgroup(Path root) {
		this.root = root;
	}

	/**
	 * Find the file in which the kernel counts the processes of the group that it has
	 * killed for want of memory.
	 * @return {@code memory.events} of version 2 or {@code memory.oom_control} of version
	 * 1, empty if there is neither
	 */
	public Optional<Path> find() {
		return groups().stream()
			.flatMap((group) -> group.directories().stream().map((directory) -> directory.resolve(group.killsFile())))
			.filter(Files::isReadable)
			.findFirst();
	}

	/**
	 * Return the lowest limit of the group and those around it, as far as they can be
	 * seen: a limit that is set for a group holds for all inside of it, and not every JVM
	 * looks there.
	 * @return the limit in bytes, 0 if there is none
	 */
	long limit() {
		return groups().stream().flatMapToLong(this::limits).filter((bytes) -> bytes < NO_LIMIT).min().orElse(0);
	}

	private LongStream limits(Group group) {
		return group.directories()
			.stream()
			.filter((directory) -> directory.startsWith(group.top()) && Files.isDirectory(directory))
			.limit(1)
			.flatMap((directory) -> Stream.iterate(directory,
					(current) -> current != null && current.startsWith(group.top()), Path::getParent))
			.flatMap((directory) -> lines(directory.resolve(group.limitFile())).stream())
			.mapToLong(MemoryCgroup::number);
	}

	private static long number(String text) {
		try {
			return Long.parseLong(text.strip());
		}
		catch (NumberFormatException ex) {
			// No limit is "max", or too large a number
			return NO_LIMIT;
		}
	}

	private List<Group> groups() {
		List<Mount> mounts = lines(this.root.resolve("proc/self/mountinfo")).stream()
			.map(Mount::parse)
			.flatMap(Optional::stream)
			.toList();
		List<Group> groups = new ArrayList<>();
		for (String line : lines(this.root.resolve("proc/self/cgroup"))) {
			String[] parts = line.split(":", 3);
			if (parts.length == 3) {
				boolean unified = parts[1].isEmpty();
				if (unified || List.of(parts[1].split(",")).contains(MEMORY)) {
					mounts.stream()
						.filter((mount) -> mount.unified() == unified)
						.map((mount) -> group(mount, parts[2]))
						.forEach(groups::add);
				}
			}
		}
		return groups;
	}

	private Group group(Mount mount, String path) {
		Path top = this.root.resolve(mount.point().substring(1));
		// In a container that sees only its own part the whole path may not be there
		return new Group(mount.unified(), top, List.of(top.resolve(mount.within(path)).normalize(), top));
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file);
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	/**
	 * A control group of this process.
	 *
	 * @param unified whether it is of version 2
	 * @param top the directory of the outermost group that can be seen
	 * @param directories where its own directory may be, in the order of preference
	 */
	private record Group(boolean unified, Path top, List<Path> directories) {

		String killsFile() {
			return (this.unified) ? "memory.events" : "memory.oom_control";
		}

		String limitFile() {
			return (this.unified) ? "memory.max" : "memory.limit_in_bytes";
		}

	}

	/**
	 * Where control groups are mounted.
	 *
	 * @param unified whether they are of version 2
	 * @param group the group that is mounted
	 * @param point the directory
	 */
	private record Mount(boolean unified, String group, String point) {

		static Optional<Mount> parse(String line) {
			// id parent device root point options ... - type source super-options
			String[] parts = line.split(" ");
			int type = Arrays.asList(parts).indexOf("-") + 1;
			if (type < 6 || parts.length < type + 3) {
				return Optional.empty();
			}
			boolean unified = parts[type].equals("cgroup2");
			boolean memory = parts[type].equals("cgroup") && List.of(parts[type + 2].split(",")).contains(MEMORY);
			return (unified || memory) ? Optional.of(new Mount(unified, parts[3], parts[4])) : Optional.empty();
		}

		String within(String path) {
			String prefix = this.group.endsWith("/") ? this.group : this.group + "/";
			if (path.equals(this.group)) {
				return "";
			}
			return path.substring(path.startsWith(prefix) ? prefix.length() : Math.min(1, path.length()));
		}

	}

}
