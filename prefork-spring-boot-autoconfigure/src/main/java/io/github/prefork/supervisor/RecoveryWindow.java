package io.github.prefork.supervisor;

import java.util.ArrayDeque;
import java.util.Deque;

import io.github.prefork.supervisor.SupervisorSettings.Recovery;

/**
 * Counts the unplanned exits within the window.
 */
final class RecoveryWindow {

	private final Recovery recovery;

	private final Rules.Threshold threshold;

	private final Deque<Long> exits = new ArrayDeque<>();

	RecoveryWindow(Recovery recovery, Rules.Threshold threshold) {
		this.recovery = recovery;
		this.threshold = threshold;
	}

	/**
	 * Count an unplanned exit.
	 * @param now the time of it
	 * @return whether the threshold is exceeded now
	 */
	boolean exceededBy(long now) {
		this.exits.addLast(now);
		if (!this.recovery.window().isZero()) {
			long window = this.recovery.window().toNanos();
			while (now - this.exits.getFirst() >= window) {
				this.exits.removeFirst();
			}
		}
		return this.threshold.exceeded(this.exits.size(), this.recovery.threshold());
	}

	void clear() {
		this.exits.clear();
	}

	int count() {
		return this.exits.size();
	}

}
