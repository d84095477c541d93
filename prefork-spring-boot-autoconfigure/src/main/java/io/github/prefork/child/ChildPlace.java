package io.github.prefork.child;

import io.github.prefork.LeaderChanged;
import io.github.prefork.SlotAssigned;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * The slot of this child, which a standby is given later, and whether it leads. Safe for
 * use by several threads.
 */
final class ChildPlace {

	private static final Log logger = LogFactory.getLog(ChildPlace.class);

	private volatile int slot;

	private volatile boolean leader;

	private final ChildEvents events;

	ChildPlace(int slot, ChildEvents events) {
		this.slot = slot;
		this.events = events;
	}

	int slot() {
		return this.slot;
	}

	boolean leader() {
		return this.leader;
	}

	/**
	 * The master has given this standby a slot.
	 * @param slot the slot
	 */
	void assign(int slot) {
		this.slot = slot;
		System.setProperty(ProcessClaim.PLACE_PROPERTY, ProcessClaim.place(slot));
		logger.info(LogMessage.format("This standby has slot %s now", slot));
		this.events.publish(new SlotAssigned(slot));
	}

	/**
	 * The master has told this child whether it leads.
	 * @param leader whether it does
	 */
	void lead(boolean leader) {
		if (this.leader != leader) {
			this.leader = leader;
			logger.debug(LogMessage.format("This child leads the fleet: %s", leader));
			this.events.publish(new LeaderChanged(leader));
		}
	}

}
