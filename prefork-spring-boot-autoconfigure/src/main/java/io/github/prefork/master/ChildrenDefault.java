package io.github.prefork.master;

import io.github.prefork.master.memory.MemoryBudget;

import org.springframework.util.Assert;

/**
 * The number of children where {@code prefork.children} is not set.
 *
 * @param children the number of children, at least 1
 * @param reason why so many, in words
 */
record ChildrenDefault(int children, String reason) {

	/**
	 * What one child needs, in bytes.
	 */
	static final long CHILD_RESERVE = MemoryBudget.USUAL_HEAP + MemoryBudget.OVERHEAD;

	/**
	 * Work out the number of children.
	 * @param processors the processors that the fleet may use
	 * @param childProcessors the processors that each child uses
	 * @param memory the memory that the fleet may use, and for what
	 * @return the number and the reason
	 */
	static ChildrenDefault compute(int processors, int childProcessors, Memory memory) {
		Assert.isTrue(childProcessors > 0, "'childProcessors' must be greater than 0");
		int byProcessors = Math.max(processors / childProcessors, 1);
		String reason = "%d processor%s, %d for each child".formatted(processors, (processors == 1) ? "" : "s",
				childProcessors);
		if (memory.limitBytes <= 0 || memory.children() >= byProcessors) {
			return new ChildrenDefault(byProcessors, reason);
		}
		return new ChildrenDefault((int) Math.max(memory.children(), 1),
				"%s; %s would allow %d".formatted(memory, reason, byProcessors));
	}

	/**
	 * The memory that the fleet may use, and for what.
	 *
	 * @param limitBytes all of it, 0 if not known
	 * @param heapBytes the heap of a child that is not made smaller to fit, 0 if there is
	 * no such size
	 * @param standby the number of standbys, which need as much as children
	 */
	record Memory(long limitBytes, long heapBytes, int standby) {

		long children() {
			return (isByHeap() ? byHeap() : byReserve()) - this.standby;
		}

		private long byReserve() {
			return forChildren() / CHILD_RESERVE;
		}

		// A heap that is divided leaves room for the child that replaces another, a given
		// one does not
		private long byHeap() {
			return forChildren() / (this.heapBytes + MemoryBudget.OVERHEAD) - 1;
		}

		private boolean isByHeap() {
			return this.heapBytes > 0 && byHeap() < byReserve();
		}

		private long forChildren() {
			return Math.max(this.limitBytes - MemoryBudget.MASTER_RESERVE, 0);
		}

		@Override
		public String toString() {
			long each = isByHeap() ? this.heapBytes + MemoryBudget.OVERHEAD : CHILD_RESERVE;
			return "memory of %d MiB, %d for the master and %d for each child%s%s".formatted(mebibytes(this.limitBytes),
					mebibytes(MemoryBudget.MASTER_RESERVE), mebibytes(each), standbys(),
					isByHeap() ? ", counted with one more while one is replaced" : "");
		}

		private String standbys() {
			return switch (this.standby) {
				case 0 -> "";
				case 1 -> " and the standby";
				default -> " and each of %d standbys".formatted(this.standby);
			};
		}

		private static long mebibytes(long bytes) {
			return bytes >> 20;
		}

	}

}
