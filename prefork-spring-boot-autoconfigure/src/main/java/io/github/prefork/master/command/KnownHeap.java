package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;

import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryLimit;

/**
 * The heap of a child where it does not depend on the number of children.
 */
public final class KnownHeap {

	private KnownHeap() {
	}

	/**
	 * Return how large the heap of a child may get, if the settings for the children say
	 * it. What the master was launched with ({@code prefork.child.heap=inherit}) counts
	 * within a limit that somebody has set: a machine has other memory to fall back on,
	 * and the JVM takes a part of it for its heap without being told.
	 * @param settings what the user wants in the children
	 * @param limit the memory that the fleet may use
	 * @param jvm the heap that one JVM has with the options of the master
	 * @return the size in bytes, 0 if it is divided or not known
	 */
	public static long of(ChildSettings settings, MemoryLimit limit, JvmHeap jvm) {
		return of(settings, limit, jvm, OptionFiles.SYSTEM);
	}

	/**
	 * Return how the heap of a child is chosen.
	 * @param settings what the user wants in the children
	 * @param limit the memory that the fleet may use
	 * @param jvm the heap that one JVM has with the options of the master
	 * @return the {@linkplain #of size} if it is known, else what the user wants
	 */
	public static ChildHeap as(ChildSettings settings, MemoryLimit limit, JvmHeap jvm) {
		long known = of(settings, limit, jvm);
		return (known > 0) ? ChildHeap.ofSize(known) : settings.heap();
	}

	static long of(ChildSettings settings, MemoryLimit limit, JvmHeap jvm, OptionFiles files) {
		List<String> command = new ArrayList<>(List.of("java"));
		command.addAll(settings.jvmArguments());
		command.add("Main");
		List<String> options = ReadOptions.of(command, settings.environment(), files);
		HeapSizes sizes = HeapSizes.of(options);
		if (sizes.says(HeapFlag.MAX)) {
			long size = sizes.size(HeapFlag.MAX);
			return (size > 0) ? size : MemoryPart.heap(options, jvm.memoryBytes());
		}
		ChildHeap heap = settings.heap();
		return (heap.equals(ChildHeap.INHERIT) && limit.given()) ? jvm.maxBytes() : heap.bytes();
	}

}
