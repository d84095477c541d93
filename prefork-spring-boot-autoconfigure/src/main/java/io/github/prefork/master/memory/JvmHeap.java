package io.github.prefork.master.memory;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The heap that one JVM has on this machine or in this container with the options of the
 * master, whether they say so or the JVM chose it.
 *
 * @param maxBytes the most that it may use
 * @param initialBytes what it begins with, 0 if that is not known
 * @param memoryBytes the memory of which a JVM takes a part for it if {@code -XX:MaxRAM}
 * does not say another, 0 if that is not known
 */
public record JvmHeap(long maxBytes, long initialBytes, long memoryBytes) {

	/**
	 * Create a heap of a JVM that sees nobody knows how much memory.
	 * @param maxBytes the most that it may use
	 * @param initialBytes what it begins with, 0 if that is not known
	 */
	public JvmHeap(long maxBytes, long initialBytes) {
		this(maxBytes, initialBytes, 0);
	}

	/**
	 * Return the heap of this JVM.
	 * @return the heap
	 */
	public static JvmHeap ofThisJvm() {
		long max = flag("MaxHeapSize");
		return new JvmHeap((max > 0) ? max : Runtime.getRuntime().maxMemory(), flag("InitialHeapSize"),
				MemoryLimit.seenByJvm());
	}

	private static long flag(String name) {
		try {
			@Nullable HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
			return (jvm != null) ? Long.parseLong(jvm.getVMOption(name).getValue()) : 0;
		}
		catch (IllegalArgumentException | LinkageError ex) {
			// Another JVM, or one without the module jdk.management
			return 0;
		}
	}

}
