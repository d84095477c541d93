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

	private final SupervisorSettings settings;

	private final Launches launches;

	private final Outbox outbox;

	private final RecoveryWindow window;

	private final Consumer<PreforkException> abort;

	Losses(SupervisorSettings settings, Rules rules, Launches launches, Outbox outbox,
			Consumer<PreforkException> abort) {
		this.settings = settings;
		this.launches = launches;
		this.outbox = outbox;
		this.window = new RecoveryWindow(settings.recovery(), rules.threshold());
		this.abort = abort;
	}

	void lost(Slot slot, Duration uptime, ChildStartException failure, long now) {
		if (!this.launches.hadReady()) {
			this.abort.accept(failure);
		}
		else if (this.window.exceededBy(now)) {
			exceeded(String.valueOf(failure.getMessage()));
		}
		else {
			slot.recovering = slot.recovering || slot.launchedBefore;
			this.launches.launchAt(slot, Deadlines.in(now, slot.delay.next(uptime)));
		}
	}

	private void exceeded(String lastExit) {
		int threshold = this.settings.recovery().threshold();
		Duration window = this.settings.recovery().window();
		this.outbox.add(new RecoveryExceeded(this.window.count(), threshold, window));
		this.abort.accept(new RecoveryExceededException(this.window.count(), threshold, window, lastExit));
	}

}
