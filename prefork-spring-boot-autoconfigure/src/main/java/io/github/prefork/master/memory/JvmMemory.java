package io.github.prefork.master.memory;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Gives the memory that this JVM does not use back to the system.
 */
final class JvmMemory {

	/** How much of the heap has to be free after a collection, in percent. */
	private static final String LEAST_FREE = "10";

	/** How much of it may be free then; the rest is given back. */
	private static final String MOST_FREE = "30";

	private static final String NO_COLLECTION = "DisableExplicitGC";

	private static final Log logger = LogFactory.getLog(JvmMemory.class);

	private final @Nullable HotSpotDiagnosticMXBean jvm;

	private final Runnable collection;

	JvmMemory(@Nullable HotSpotDiagnosticMXBean jvm, Runnable collection) {
		this.jvm = jvm;
		this.collection = collection;
	}

	static JvmMemory ofThisJvm() {
		return new JvmMemory(jvm(), System::gc);
	}

	private static @Nullable HotSpotDiagnosticMXBean jvm() {
		try {
			return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		}
		catch (LinkageError ex) {
			return null;
		}
	}

	/**
	 * Collect garbage and keep little of the heap that is free then. Does nothing if the
	 * user does not want collections that are asked for.
	 */
	void giveBack() {
		if (this.jvm == null || isUnwanted(this.jvm)) {
			return;
		}
		HotSpotDiagnosticMXBean jvm = this.jvm;
		// The lower bound first: it must not be above the upper one
		keep(jvm, "MinHeapFreeRatio", LEAST_FREE);
		keep(jvm, "MaxHeapFreeRatio", MOST_FREE);
		this.collection.run();
	}

	private static boolean isUnwanted(HotSpotDiagnosticMXBean jvm) {
		try {
			return Boolean.parseBoolean(jvm.getVMOption(NO_COLLECTION).getValue());
		}
		catch (IllegalArgumentException ex) {
			return true;
		}
	}

	private static void keep(HotSpotDiagnosticMXBean jvm, String flag, String percentage) {
		try {
			VMOption option = jvm.getVMOption(flag);
			if (option.isWriteable() && option.getOrigin() == VMOption.Origin.DEFAULT) {
				jvm.setVMOption(flag, percentage);
			}
		}
		catch (IllegalArgumentException ex) {
			logger.debug("The JVM does not take " + flag + "=" + percentage, ex);
		}
	}

}
