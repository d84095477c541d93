package io.github.prefork.master.memory;

/**
 * What {@code prefork.child.heap} says.
 *
 * @param kind where the size of the heap of a child comes from
 * @param bytes the size, 0 unless it is a given one
 */
public record ChildHeap(Kind kind, long bytes) {

	/**
	 * What one JVM would have is divided.
	 */
	public static final ChildHeap SPLIT = new ChildHeap(Kind.SPLIT, 0);

	/**
	 * Each child has what the master was launched with.
	 */
	public static final ChildHeap INHERIT = new ChildHeap(Kind.INHERIT, 0);

	/**
	 * Each child has a heap of this size.
	 * @param bytes the size in bytes
	 * @return the setting
	 */
	public static ChildHeap ofSize(long bytes) {
		return new ChildHeap(Kind.SIZE, bytes);
	}

	boolean isInherited() {
		return this.kind == Kind.INHERIT;
	}

	/**
	 * Where the size of the heap of a child comes from.
	 */
	public enum Kind {

		/** What one JVM would have is divided. */
		SPLIT,

		/** As launched. */
		INHERIT,

		/** A size is given. */
		SIZE

	}

}
