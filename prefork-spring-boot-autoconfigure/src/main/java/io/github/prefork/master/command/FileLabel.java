package io.github.prefork.master.command;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.prefork.channel.ChildProperties;
import org.jspecify.annotations.Nullable;

/**
 * What a child names its files by: its slot, and a number if another process of the slot
 * still lives. A standby has one of its own for life.
 */
public final class FileLabel {

	/** Stands on the command line of a child. */
	static final String OPTION = "-D" + ChildProperties.FILE_LABEL + "=";

	private FileLabel() {
	}

	/**
	 * Choose the label of a new child: the first of its slot that nobody has. So there
	 * are never more labels than processes have lived at the same time.
	 * @param slot the slot, negative for a standby
	 * @param taken the labels of all live children
	 * @return the label
	 */
	public static String choose(int slot, Set<String> taken) {
		return IntStream.iterate(1, (number) -> number + 1)
			.mapToObj((number) -> of(slot, number))
			.filter((label) -> !taken.contains(label))
			.findFirst()
			.orElseThrow();
	}

	private static String of(int slot, int number) {
		if (slot < 0) {
			return "standby-" + (number - 1);
		}
		return (number > 1) ? slot + "-" + number : String.valueOf(slot);
	}

	/**
	 * Find the label in the command line of a child.
	 * @param command the command line
	 * @return the label, {@code null} if there is none
	 */
	public static @Nullable String find(List<String> command) {
		return command.stream()
			.filter((token) -> token.startsWith(OPTION))
			.map((token) -> token.substring(OPTION.length()))
			.findFirst()
			.orElse(null);
	}

}
