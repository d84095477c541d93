package io.github.prefork.process;

import java.lang.management.ManagementFactory;

import javax.management.JMException;
import javax.management.ObjectName;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The memory of this process outside of the heap and the metaspace, as the C library
 * keeps it. What the compilers of the JVM have used stays there when they are done.
 */
public final class NativeHeap {

	static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

	static final String TRIM = "systemTrimNativeHeap";

	private static final Log logger = LogFactory.getLog(NativeHeap.class);

	private NativeHeap() {
	}

	/**
	 * Give what is free back to the system. Takes some milliseconds, the first time in a
	 * JVM some tens of them. Does nothing where the JVM has no such command: before
	 * 17.0.9 and with another C library than that of GNU.
	 */
	public static void trim() {
		try {
			Object result = ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName(COMMANDS), TRIM, new Object[0], new String[0]);
			logger.debug(result);
		}
		catch (JMException | RuntimeException | LinkageError ex) {
			logger.debug("This JVM does not trim its native heap", ex);
		}
	}

}
