package io.github.prefork.master;

import java.lang.management.ManagementFactory;

import com.sun.management.OperatingSystemMXBean;

/**
 * The memory that the fleet may use.
 */
final class Memory {

	/**
	 * What the master itself needs, in bytes.
	 */
	static final long MASTER_RESERVE = 256L << 20;

	private Memory() {
	}

	/**
	 * Return the limit: that of the container, or the memory of the machine.
	 * @return the limit in bytes, 0 if it is not known
	 */
	static long limit() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)
				? Math.max(system.getTotalMemorySize(), 0) : 0;
	}

}
