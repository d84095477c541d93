package io.github.prefork.master;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.prefork.channel.ChildProperties;
import io.github.prefork.master.command.FileLabel;
import org.jspecify.annotations.Nullable;

/**
 * Children of an earlier master that still live and may write files of the same names:
 * they run in the same directory, and their master has died or was started by the same
 * command. They are looked for once, when a fleet begins.
 */
final class EarlierChildren {

	static final EarlierChildren NONE = new EarlierChildren(Map.of());

	private static final Path PROC = Path.of("/proc");

	private static final String LAUNCHED_BY = "-D" + ChildProperties.LAUNCHED_BY + "=";

	/** What tells a child stands at the beginning of its command line. */
	private static final int HEAD = 4096;

	private final Map<Path, String> labels;

	private EarlierChildren(Map<Path, String> labels) {
		this.labels = Map.copyOf(labels);
	}

	static EarlierChildren find() {
		return find(PROC, ProcessHandle.current().pid());
	}

	static EarlierChildren find(Path proc, long pid) {
		Path master = proc.resolve(String.valueOf(pid));
		Map<Path, String> labels = new HashMap<>();
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
			for (Path process : processes) {
				List<String> command = commandLine(process, HEAD);
				String label = FileLabel.find(command);
				if (label != null && isInWay(process, command, master)) {
					labels.put(process, label);
				}
			}
		}
		catch (IOException ex) {
			return NONE;
		}
		return new EarlierChildren(labels);
	}

	private static boolean isInWay(Path process, List<String> command, Path master) throws IOException {
		Path launcher = command.stream()
			.filter((token) -> token.startsWith(LAUNCHED_BY))
			.map((token) -> process.resolveSibling(token.substring(LAUNCHED_BY.length())))
			.findFirst()
			.orElse(process);
		if (launcher.equals(master) && isDescendant(process, master)) {
			return false;
		}
		return isSameDirectory(process, master) && (!isDescendant(process, launcher)
				|| commandLine(launcher, Integer.MAX_VALUE).equals(commandLine(master, Integer.MAX_VALUE)));
	}

	private static boolean isDescendant(Path process, Path ancestor) {
		for (Path parent = parent(process); parent != null; parent = parent(parent)) {
			if (parent.equals(ancestor)) {
				return true;
			}
		}
		return false;
	}

	private static @Nullable Path parent(Path process) {
		try (var lines = Files.lines(process.resolve("status"), StandardCharsets.ISO_8859_1)) {
			return lines.filter((line) -> line.startsWith("PPid:"))
				.map((line) -> line.substring("PPid:".length()).strip())
				.filter((pid) -> !pid.equals("0"))
				.map(process::resolveSibling)
				.findFirst()
				.orElse(null);
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	private static boolean isSameDirectory(Path process, Path other) {
		try {
			return Files.readSymbolicLink(process.resolve("cwd")).equals(Files.readSymbolicLink(other.resolve("cwd")));
		}
		catch (IOException ex) {
			// That of another user
			return false;
		}
	}

	private static List<String> commandLine(Path process, int most) {
		try (InputStream input = Files.newInputStream(process.resolve("cmdline"))) {
			return Arrays.asList(new String(input.readNBytes(most), StandardCharsets.ISO_8859_1).split("\0"));
		}
		catch (IOException ex) {
			return List.of();
		}
	}

	/**
	 * Return what those that still live name their files by.
	 * @return their labels
	 */
	Set<String> fileLabels() {
		return this.labels.entrySet()
			.stream()
			.filter((child) -> FileLabel.find(commandLine(child.getKey(), HEAD)) != null)
			.map(Map.Entry::getValue)
			.collect(Collectors.toSet());
	}

}
