package io.github.prefork.supervisor;

import io.github.prefork.Build;

/**
 * Says so when the fleet begins to run several builds although nobody has asked for a
 * rollout: the jar was replaced, and a child is launched for another reason.
 */
final class Builds {

	private final Announcer announcer;

	private final Roster roster;

	/** The build that was last spoken of, once for all its children. */
	private Build told = Build.UNKNOWN;

	Builds(Announcer announcer, Roster roster) {
		this.announcer = announcer;
		this.roster = roster;
	}

	/**
	 * A child is about to be launched.
	 * @param slot its slot
	 * @param build what it will run
	 */
	void launching(Slot slot, Build build) {
		if (this.roster.rollingOut() || build.equals(this.told)) {
			return;
		}
		for (Child child : this.roster.live()) {
			if (!child.planned && build.isOfOtherFile(child.build)) {
				this.told = build;
				this.announcer.log(("%s is launched from %s, while others run %s. "
						+ "A rolling restart (SIGHUP to the master) brings all to the new build")
					.formatted(slot.ofStandby() ? "A standby" : "The child in slot " + slot.index, build, child.build));
				return;
			}
		}
	}

}
