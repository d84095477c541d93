package io.github.prefork.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the file in which the kernel counts the processes of this control group that it
 * has killed for want of memory.
 */
final class MemoryCgroup {

	private static final String MEMORY = "memory";

	private final Path root;

	/**
	 * Create a finder.
	 * @param root the root of the file system
	 */
	MemoryCgroup(Path root) {
		this.root = root;
	}

	/**
	 * Find the file.
	 * @return {@code memory.events} of version 2 or {@code memory.oom_control} of version
	 * 1, empty if there is neither
	 */
	Optional<Path> find() {
		List<Mount> mounts = lines("proc/self/mountinfo").stream().map(Mount::parse).flatMap(Optional::stream).toList();
		for (String line : lines("proc/self/cgroup")) {
			String[] parts = line.split(":", 3);
			if (parts.length == 3) {
				boolean unified = parts[1].isEmpty();
				if (unified || List.of(parts[1].split(",")).contains(MEMORY)) {
					Optional<Path> file = mounts.stream()
						.filter((mount) -> mount.unified() == unified)
						.map((mount) -> file(mount, parts[2]))
						.flatMap(Optional::stream)
						.findFirst();
					if (file.isPresent()) {
						return file;
					}
				}
			}
		}
		return Optional.empty();
	}

	private Optional<Path> file(Mount mount, String group) {
		String name = mount.unified() ? "memory.events" : "memory.oom_control";
		Path directory = this.root.resolve(mount.point().substring(1));
		// In a container that sees only its own part the whole path may not be there
		return List.of(mount.within(group), "")
			.stream()
			.map((path) -> directory.resolve(path).resolve(name))
			.filter(Files::isReadable)
			.findFirst();
	}

	private List<String> lines(String file) {
		try {
			return Files.readAllLines(this.root.resolve(file));
		}
		catch (IOException ex) {
			return List.of();
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
			String relative = path.startsWith(this.group) ? path.substring(this.group.length()) : path;
			return relative.startsWith("/") ? relative.substring(1) : relative;
		}

	}

}
