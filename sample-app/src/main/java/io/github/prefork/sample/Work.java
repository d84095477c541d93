package io.github.prefork.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Work that costs memory or processor time. Safe for use by several threads.
 */
class Work {

	private static final int KIB = 1024;

	/**
	 * Small enough to be an ordinary object for the garbage collector.
	 */
	private static final int BLOCK_KIB = 64;

	private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

	private volatile long sink;

	/**
	 * Allocate memory; all of it is reachable until the method returns.
	 * @param kib how much, in KiB
	 * @return how much was allocated, in KiB
	 */
	int allocate(int kib) {
		List<byte[]> blocks = new ArrayList<>();
		for (int left = kib; left > 0; left -= BLOCK_KIB) {
			blocks.add(new byte[Math.min(left, BLOCK_KIB) * KIB]);
		}
		return blocks.stream().mapToInt((block) -> block.length / KIB).sum();
	}

	/**
	 * Compute on the calling thread. Processor time is what counts, so that the work is
	 * the same on a busy machine.
	 * @param time the processor time to use up
	 */
	void compute(Duration time) {
		long end = threadNanos() + time.toNanos();
		long value = this.sink;
		while (threadNanos() < end) {
			for (int i = 0; i < 10_000; i++) {
				value = value * 6364136223846793005L + 1442695040888963407L;
			}
		}
		// Keeps the loop from being optimised away
		this.sink = value;
	}

	private long threadNanos() {
		return this.threads.isCurrentThreadCpuTimeSupported() ? this.threads.getCurrentThreadCpuTime()
				: System.nanoTime();
	}

}
