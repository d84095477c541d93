package io.github.prefork.child;

import java.lang.management.ManagementFactory;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The option {@code -XX:+ExitOnOutOfMemoryError} of this JVM.
 */
final class OutOfMemoryOption {

	private static final String NAME = "ExitOnOutOfMemoryError";

	private OutOfMemoryOption() {
	}

	static boolean isInForce() {
		try {
			@Nullable HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
			return jvm != null && Boolean.parseBoolean(jvm.getVMOption(NAME).getValue());
		}
		catch (IllegalArgumentException | LinkageError ex) {
			// Another JVM, or one without the module jdk.management
			return false;
		}
	}

}
