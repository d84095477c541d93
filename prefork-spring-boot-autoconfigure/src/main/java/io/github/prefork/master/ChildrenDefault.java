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
	 * @param memoryLimitBytes the memory that the fleet may use, 0 if not known
	 * @param masterReserveBytes the memory that the master needs
	 * @return the number and the reason
	 */
	static ChildrenDefault compute(int processors, int childProcessors, long memoryLimitBytes,
			long masterReserveBytes) {
		Assert.isTrue(childProcessors > 0, "'childProcessors' must be greater than 0");
		int byProcessors = Math.max(processors / childProcessors, 1);
		String reason = "%d processor%s, %d for each child".formatted(processors, (processors == 1) ? "" : "s",
				childProcessors);
		if (memoryLimitBytes <= 0) {
			return new ChildrenDefault(byProcessors, reason);
		}
		long byMemory = Math.max(memoryLimitBytes - masterReserveBytes, 0) / CHILD_RESERVE;
		if (byMemory >= byProcessors) {
			return new ChildrenDefault(byProcessors, reason);
		}
		return new ChildrenDefault((int) Math.max(byMemory, 1),
				"memory of %d MiB, %d for the master and %d for each child; %s would allow %d".formatted(
						mebibytes(memoryLimitBytes), mebibytes(masterReserveBytes), mebibytes(CHILD_RESERVE), reason,
						byProcessors));
	}

	private static long mebibytes(long bytes) {
		return bytes >> 20;
	}

}
