package io.github.prefork.master.memory;

/**
 * What the heap of a child is worked out from.
 *
 * @param heap what {@code prefork.child.heap} says
 * @param children the number of children among which is divided: those of the start, and
 * the standbys
 * @param limit the memory that the fleet may use
 * @param jvm the heap that one JVM has with the options of the master
 */
public record MemoryBudget(ChildHeap heap, int children, MemoryLimit limit, JvmHeap jvm) {

	/**
	 * What the master itself needs, in bytes: it serves nothing, so its heap never comes
	 * near to its limit.
	 */
	public static final long MASTER_RESERVE = 256L << 20;

	/**
	 * What a JVM with an application needs outside of its heap, in bytes.
	 */
	public static final long OVERHEAD = 130L << 20;

	/**
	 * The heap that each child is counted with where nothing else says how many children
	 * there are, in bytes.
	 */
	public static final long USUAL_HEAP = 190L << 20;

	/** The new child of a rollout, which has one slot at a time. */
	private static final int REPLACEMENT = 1;

	/**
	 * The smallest heap that results from a division, in bytes.
	 */
	public static final long LEAST_HEAP = 96L << 20;

	/**
	 * Return the budget in this process.
	 * @param heap what {@code prefork.child.heap} says
	 * @param children the number of children, standbys among them
	 * @return the budget
	 */
	public static MemoryBudget ofThisProcess(ChildHeap heap, int children) {
		return new MemoryBudget(heap, children, MemoryLimit.ofThisProcess(), JvmHeap.ofThisJvm());
	}

	/**
	 * Return whether the children have what the master was launched with.
	 * @return whether nothing is divided
	 */
	public boolean isInherited() {
		return this.heap.isInherited();
	}

	/**
	 * Return whether what one JVM would have is divided among all.
	 * @return whether it is
	 */
	public boolean isSplit() {
		return this.heap.kind() == ChildHeap.Kind.SPLIT;
	}

	/**
	 * Return the number of parts that the memory of one JVM is divided into. If somebody
	 * has set a limit, all processes have to stay within it, the master too.
	 * @param chosen whether the options of the master say how large its heap is
	 * @return the number of parts
	 */
	public int parts(boolean chosen) {
		return (chosen || this.limit.given()) ? this.children + 1 : this.children;
	}

	/**
	 * Work out the heap of a child.
	 * @param chosen whether the options of the master say how large its heap is
	 * @return the size in bytes: never more than one JVM would have, and not less than 96
	 * MiB for that, or 190 MiB where that fits into a limit and the options do not say a
	 * size
	 */
	public long share(boolean chosen) {
		if (!isSplit()) {
			return (isInherited()) ? this.jvm.maxBytes() : this.heap.bytes();
		}
		long part = Math.max(this.jvm.maxBytes() / parts(chosen), wanted(chosen));
		return Math.min(Math.max(Math.min(part, fitting()), LEAST_HEAP), this.jvm.maxBytes());
	}

	// In a small container a JVM takes a quarter for its heap. Of that a child would get
	// a small part, with most of the memory that it is counted with left over
	private long wanted(boolean chosen) {
		return (!chosen && this.limit.given()) ? USUAL_HEAP : LEAST_HEAP;
	}

	/**
	 * Return the largest heap with which all children fit into the limit, also while one
	 * of them is replaced.
	 * @return the size in bytes, 0 or less if they don't fit whatever it is, and
	 * {@link Long#MAX_VALUE} if no limit is known
	 */
	public long fitting() {
		return (this.limit.bytes() > 0)
				? (this.limit.bytes() - MASTER_RESERVE) / (this.children + REPLACEMENT) - OVERHEAD : Long.MAX_VALUE;
	}

	/**
	 * Return how many children with such heaps fit into a limit that somebody has set.
	 * @return the number, standbys among them, and {@link Integer#MAX_VALUE} if nobody
	 * has set one: a machine has other memory to fall back on, and other users
	 */
	public int most() {
		if (!this.limit.given()) {
			return Integer.MAX_VALUE;
		}
		long all = (this.limit.bytes() - MASTER_RESERVE) / (share(false) + OVERHEAD);
		return (int) Math.min(Math.max(all - REPLACEMENT, 0), Integer.MAX_VALUE);
	}

	/**
	 * Return how much memory the fleet may come to use.
	 * @param heapBytes the heap of a child
	 * @return the sum in bytes
	 */
	public long sum(long heapBytes) {
		return MASTER_RESERVE + this.children * (heapBytes + OVERHEAD);
	}

	/**
	 * Return whether the fleet may come to use more than its limit.
	 * @param heapBytes the heap of a child
	 * @return whether it may
	 */
	public boolean isExceeded(long heapBytes) {
		return this.limit.bytes() > 0 && sum(heapBytes) > this.limit.bytes();
	}

	/**
	 * Return how much memory the fleet may come to use while a child is replaced: the new
	 * one boots beside the old one.
	 * @param heapBytes the heap of a child
	 * @return the sum in bytes
	 */
	public long replacingSum(long heapBytes) {
		return sum(heapBytes) + REPLACEMENT * (heapBytes + OVERHEAD);
	}

	/**
	 * Return whether the fleet may come to use more than its limit while a child is
	 * replaced.
	 * @param heapBytes the heap of a child
	 * @return whether it may
	 */
	public boolean isExceededByReplacing(long heapBytes) {
		return this.limit.bytes() > 0 && replacingSum(heapBytes) > this.limit.bytes();
	}

}
