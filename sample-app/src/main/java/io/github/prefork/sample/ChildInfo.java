package io.github.prefork.sample;

import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;

/**
 * Which process of the fleet answers.
 *
 * @param slot the place of the process in the fleet, 0 if it stands alone
 * @param generation the rollout that the process belongs to
 * @param pid the process id
 * @param role what the process is in the fleet
 */
record ChildInfo(int slot, int generation, long pid, PreforkRole role) {

	private static final long PID = ProcessHandle.current().pid();

	/**
	 * Describe this process. Ask anew for each answer: a slot can be assigned late.
	 * @param prefork the fleet as this process sees it
	 * @return the description of this process as it is now
	 */
	static ChildInfo of(Prefork prefork) {
		return new ChildInfo(prefork.slot(), prefork.generation(), PID, prefork.role());
	}

}
