package io.github.prefork.child;

import io.github.prefork.SlotAssigned;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.log.LogMessage;

/**
 * The slot of this child, which a standby is given later. Safe for use by several
 * threads.
 */
final class ChildPlace {

	private static final Log logger = LogFactory.getLog(ChildPlace.class);

	private volatile int slot;

	private volatile @Nullable ConfigurableApplicationContext context;

	ChildPlace(int slot) {
		this.slot = slot;
	}

	int slot() {
		return this.slot;
	}

	void attach(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * The master has given this standby a slot.
	 * @param slot the slot
	 */
	void assign(int slot) {
		this.slot = slot;
		System.setProperty(ProcessClaim.PLACE_PROPERTY, ProcessClaim.place(slot));
		logger.info(LogMessage.format("This standby has slot %s now", slot));
		// No application code on the channel's thread, and no wait for it
		Thread thread = new Thread(() -> ContextEvents.publish(this.context, new SlotAssigned(slot)),
				"prefork-assigned");
		thread.setDaemon(true);
		thread.start();
	}

}
