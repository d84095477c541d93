package io.github.prefork.master.command;

import java.util.List;

import io.github.prefork.master.memory.MemoryBudget;

/**
 * What a child has of memory and processors.
 *
 * @param budget what its heap is worked out from
 * @param heapBytes its heap at most, 0 if its options do not say a size
 * @param divided whether the size that the options of the master say is divided for it
 * @param collector the name of its garbage collector, empty if its JVM chooses one
 * @param processors how many processors it sees, {@code all} if its options do not say it
 */
public record ChildMemory(MemoryBudget budget, long heapBytes, boolean divided, String collector, String processors) {

	static ChildMemory of(MemoryBudget budget, boolean divided, List<String> options) {
		return new ChildMemory(budget, heap(options), divided, Collector.name(options), Collector.processors(options));
	}

	static long heap(List<String> options) {
		return Math.max(HeapSizes.of(options).size(HeapFlag.MAX), 0);
	}

}
