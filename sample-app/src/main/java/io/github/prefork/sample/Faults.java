package io.github.prefork.sample;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * Ways to break this process, for demonstrations.
 */
@Component
@ConditionalOnBooleanProperty("sample.demo.enabled")
class Faults {

	private static final int LARGEST_BLOCK = 256 * 1024;

	private static final int SMALLEST_BLOCK = 1024;

	private volatile @Nullable Block leak;

	/**
	 * End the JVM at once with status 1, as a crash does: no shutdown hook runs and no
	 * response is sent.
	 */
	void crash() {
		Runtime.getRuntime().halt(1);
	}

	/**
	 * Fill the heap on a thread of its own and keep it filled. What happens then is up to
	 * the JVM: with {@code -XX:+ExitOnOutOfMemoryError} it ends, otherwise it lives on
	 * out of memory.
	 */
	void exhaustHeap() {
		Thread thread = new Thread(this::leak, "sample-oom");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Block the calling thread.
	 * @param time how long
	 */
	void block(Duration time) {
		try {
			Thread.sleep(time.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void leak() {
		int size = LARGEST_BLOCK;
		while (true) {
			try {
				this.leak = new Block(new byte[size], this.leak);
			}
			catch (OutOfMemoryError ex) {
				// Also take what is left in small pieces
				if (size == SMALLEST_BLOCK) {
					throw ex;
				}
				size /= 2;
			}
		}
	}

	private record Block(byte[] content, @Nullable Block next) {

	}

}
