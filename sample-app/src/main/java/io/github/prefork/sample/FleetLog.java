package io.github.prefork.sample;

import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.MasterDied;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.event.EventListener;
import org.springframework.core.log.LogMessage;
import org.springframework.stereotype.Component;

/**
 * Logs what happens in the fleet. Most of it runs in the master: it alone publishes these
 * events, on the thread that supervises the children, so a listener has to be quick and
 * an exception from it stops the fleet. A child hears of the death of its master alone.
 */
@Component
class FleetLog {

	private static final Log logger = LogFactory.getLog(FleetLog.class);

	@EventListener
	void onSpawned(ChildSpawned event) {
		logger.info(LogMessage.format("Child spawned: slot %d, generation %d, pid %d", event.slot(), event.generation(),
				event.pid()));
	}

	@EventListener
	void onRecovered(ChildRecovered event) {
		logger.info(LogMessage.format("Child recovered: slot %d, generation %d, pid %d replaces pid %d", event.slot(),
				event.generation(), event.newPid(), event.oldPid()));
	}

	@EventListener
	void onMasterDied(MasterDied event) {
		logger.warn(LogMessage.format("Master died: pid %d", event.masterPid()));
	}

}
