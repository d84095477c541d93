package io.github.prefork.supervisor;

import java.util.PriorityQueue;

/**
 * Virtual time with the actions that wait for it.
 */
final class SimulatedClock implements Time {

	private final PriorityQueue<Action> actions = new PriorityQueue<>();

	// Not zero, so that a time that was never set is noticed
	private long now = 1_000_000_000_000L;

	private long sequence;

	@Override
	public long nanos() {
		return this.now;
	}

	void at(long time, Runnable action) {
		this.actions.add(new Action(Math.max(time, this.now), this.sequence++, action));
	}

	void after(long nanos, Runnable action) {
		at(this.now + nanos, action);
	}

	long nextAction() {
		Action next = this.actions.peek();
		return (next != null) ? next.time : Deadlines.NEVER;
	}

	void advanceTo(long time) {
		this.now = Math.max(this.now, time);
		while (!this.actions.isEmpty() && this.actions.peek().time <= this.now) {
			this.actions.remove().action.run();
		}
	}

	private record Action(long time, long sequence, Runnable action) implements Comparable<Action> {

		@Override
		public int compareTo(Action other) {
			int byTime = Long.compare(this.time, other.time);
			return (byTime != 0) ? byTime : Long.compare(this.sequence, other.sequence);
		}

	}

}
