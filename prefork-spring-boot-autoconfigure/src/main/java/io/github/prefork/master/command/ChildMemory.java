package io.github.prefork.master.command;

import java.util.List;

import io.github.prefork.ChildCommand;
import io.github.prefork.master.memory.MemoryBudget;

/**
 * What a child has of memory and processors.
 *
 * @param budget what its heap is worked out from
 * @param heapBytes its heap at most, as its options say it or its JVM will choose it, 0
 * if that is not known
 * @param heapChoice the option that says so for the children and the property that it
 * stands in, empty if {@code prefork.child.heap} decides
 * @param divided whether the size that the options of the master say is divided for it
 * @param collector the name of its garbage collector, empty if its JVM chooses one
 * @param processors how many processors it sees, {@code all} if its options do not say it
 */
public record ChildMemory(MemoryBudget budget, long heapBytes, String heapChoice, boolean divided, String collector,
		String processors) {

	/**
	 * Tell what a child has.
	 * @param commands makes the commands of the children
	 * @return what it has
	 */
	public static ChildMemory of(ChildCommandFactory commands) {
		CommandSource source = commands.source();
		ChildCommand plain = commands.plain();
		MemoryBudget budget = source.memory();
		List<String> options = ReadOptions.of(plain.command(), plain.environment(), source.files());
		return new ChildMemory(budget, heap(budget, source.optionsOfMaster(), options),
				HeapChoice.decisive(source.settings(), options, source.files()),
				commands.heap().divides(HeapSizes.of(source.optionsForChildren())), Collector.name(options),
				Collector.processors(options));
	}

	/**
	 * Return what has to be changed for another heap.
	 * @return the property, or the option with the property that it stands in
	 */
	public String heapSetting() {
		return (this.heapChoice.isEmpty()) ? "prefork.child.heap" : this.heapChoice;
	}

	private static long heap(MemoryBudget budget, List<String> master, List<String> options) {
		long size = HeapSizes.of(options).size(HeapFlag.MAX);
		if (size > 0) {
			return size;
		}
		// What the JVM of the master has made of the same options is known best
		return ofHeap(options).equals(ofHeap(master)) ? budget.jvm().maxBytes()
				: MemoryPart.heap(options, budget.jvm().memoryBytes());
	}

	private static List<String> ofHeap(List<String> options) {
		return options.stream().filter(HeapSizes::isSaidBy).toList();
	}

}
