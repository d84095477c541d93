package io.github.prefork.master;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

import io.github.prefork.master.command.ChildMemory;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.supervisor.SupervisorSettings;

/**
 * What helps a fleet that needs more memory than there is: only what can be done.
 *
 * @param memory what a child has
 * @param fleet how many there are
 */
record MemoryRemedy(ChildMemory memory, SupervisorSettings fleet) {

	/**
	 * Return what helps.
	 * @param exceeded whether a heap would still be too large
	 * @return what to do, as part of a sentence
	 */
	String of(LongPredicate exceeded) {
		List<String> remedies = new ArrayList<>();
		if (this.fleet.children() > 1) {
			remedies.add("fewer children (prefork.children)");
		}
		if (this.fleet.standby() > 0) {
			remedies.add("fewer standbys (prefork.standby)");
		}
		if (isHeapLarge() && !exceeded.test(MemoryBudget.LEAST_HEAP)) {
			remedies.add("a smaller heap (" + this.memory.heapSetting() + ")");
		}
		return remedies.isEmpty() ? "give it more memory" : "set " + String.join(" or ", remedies);
	}

	/**
	 * Return whether a child could do with a smaller heap.
	 * @return whether it is larger than the least, or not known
	 */
	boolean isHeapLarge() {
		return this.memory.heapBytes() == 0 || this.memory.heapBytes() > MemoryBudget.LEAST_HEAP;
	}

}
