package io.github.prefork;

/**
 * One run of a child: the place that it fills, the rollout that it belongs to and its
 * process.
 *
 * @param slot the place in the fleet, from 0; stable for the master's life; -1 for a
 * standby
 * @param generation the number of rollouts that had been started when it was launched
 * @param pid the process id
 */
public record ChildIdentity(int slot, int generation, long pid) {

	@Override
	public String toString() {
		return ((this.slot >= 0) ? "slot " + this.slot : "standby") + " generation " + this.generation + " pid "
				+ this.pid;
	}

}
