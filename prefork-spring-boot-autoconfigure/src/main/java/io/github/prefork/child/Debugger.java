package io.github.prefork.child;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Tells whether a debugger may stop this JVM.
 */
final class Debugger {

	private Debugger() {
	}

	static boolean mayStopThisJvm() {
		return isIn(ManagementFactory.getRuntimeMXBean().getInputArguments());
	}

	static boolean isIn(List<String> jvmArguments) {
		return jvmArguments.stream()
			.anyMatch((argument) -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp")
					|| argument.startsWith("-agentpath:") && argument.contains("jdwp"));
	}

}
