package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.function.Consumer;

import io.github.prefork.ChildStartException;
import io.github.prefork.PreforkException;
import io.github.prefork.RecoveryExceeded;
import io.github.prefork.RecoveryExceededException;

/**
 * Decides what follows from the loss of a child: a failed start, a replacement after a
 * delay, or the end because there were too many.
 */
final class Losses {

	private final SupervisorSettings.Recovery recovery;

	private final Roster roster;

	private final Launches launches;

	private final Outbox outbox;

	private final RecoveryWindow window;

	private final Consumer<PreforkException> abort;

	/** Whether the fleet has gone on with its survivors. */
	private boolean exceededBefore;

	/** How many exits there were when the threshold was exceeded. */
	private int exits;

	Losses(SupervisorSettings settings, Rules rules, Roster roster, Launches launches, Outbox outbox,
			Consumer<PreforkException> abort) {
		this.recovery = settings.recovery();
		this.roster = roster;
		this.launches = launches;
		this.outbox = outbox;
		this.window = new RecoveryWindow(settings.recovery(), rules.threshold());
		this.abort = abort;
	}

	void firstReady() {
		this.launches.firstReady();
	}

	/**
	 * A child is lost.
	 * @param slot the slot that has to be filled again
	 * @param served how long the child served
	 * @param failure what has happened
	 * @param now the time
	 */
	void lost(Slot slot, Duration served, ChildStartException failure, long now) {
		if (!this.launches.hadReady()) {
			this.abort.accept(failure);
			return;
		}
		// Nobody is served by a standby: one that does not boot waits longer and longer
		boolean exceeded = !slot.ofStandby() && this.window.exceededBy(now);
		if (exceeded || this.roster.recoveryExceeded()) {
			exceeded(String.valueOf(failure.getMessage()));
		}
		else {
			// A standby may have been its first child
			slot.recovering = slot.recovering || slot.predecessorPid != null;
			Duration delay = slot.delay.next(served);
			if (slot.empty()) {
				this.launches.launchAt(slot, Deadlines.in(now, delay));
			}
		}
	}

	/**
	 * A launch was made in a special way that is given up: another one takes its place at
	 * once.
	 * @param slot the slot
	 * @param beside whether it was launched beside the child that fills the slot
	 * @param now the time
	 */
	void launchAgain(Slot slot, boolean beside, long now) {
		if (slot.empty()) {
			this.launches.launchAt(slot, now);
		}
		else if (beside) {
			this.launches.besideAt(slot, now);
		}
	}

	/** Begin to count anew, and to replace those that are lost from now on. */
	void forget() {
		this.window.clear();
		this.roster.exceedRecovery(false);
	}

	private void exceeded(String lastExit) {
		if (!this.roster.recoveryExceeded()) {
			this.roster.exceedRecovery(true);
			this.exits = this.window.count();
			this.outbox.add(new RecoveryExceeded(this.exits, this.recovery.threshold(), this.recovery.window(),
					keepsSurvivors()));
		}
		else {
			this.exceededBefore = true;
		}
		// Whoever boots already may still get ready
		this.launches.cancelAll();
		if (!keepsSurvivors() || !this.roster.hasSurvivors()) {
			this.abort.accept(new RecoveryExceededException(this.exits, this.recovery.threshold(),
					this.recovery.window(), this.exceededBefore, lastExit));
		}
	}

	private boolean keepsSurvivors() {
		return this.recovery.onExceeded() == OnExceeded.KEEP_SURVIVORS;
	}

}
