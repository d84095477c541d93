package io.github.prefork;

/**
 * Something that can be done to the fleet while it runs.
 */
public sealed interface Operation {

	/**
	 * Replace all children, one slot at a time.
	 */
	record Restart() implements Operation {

	}

	/**
	 * Replace the child of one slot.
	 *
	 * @param slot the slot, from 0
	 */
	record Recycle(int slot) implements Operation {

	}

	/**
	 * Change the number of children.
	 *
	 * @param children the number of children that there should be, at least 1
	 */
	record Scale(int children) implements Operation {

	}

	/**
	 * Change the number of children by some.
	 *
	 * @param step how many more, negative for less
	 */
	record ScaleBy(int step) implements Operation {

	}

}
