package io.github.prefork.supervisor;

import java.util.ArrayList;
import java.util.List;

import io.github.prefork.ChildStartException;
import io.github.prefork.PreforkException;
import io.github.prefork.RecoveryExceededException;
import org.jspecify.annotations.Nullable;

/**
 * Counts the losses of children a second time, from what the supervisor is told, and says
 * whether the fleet has to end for it.
 */
final class LossModel {

	private final Simulation world;

	private final List<Long> losses = new ArrayList<>();

	private @Nullable Class<? extends PreforkException> end;

	LossModel(Simulation world) {
		this.world = world;
	}

	/** To be called before {@link Told} takes the input. */
	void take(Input input) {
		Told told = this.world.told;
		if (input instanceof Input.Leaving leaving && served(leaving.launch())
				&& !told.left.contains(leaving.launch())) {
			lost();
		}
		else if (input instanceof Input.Exited exited
				&& !(served(exited.launch()) && told.left.contains(exited.launch()))) {
			lost();
		}
	}

	private boolean served(long launch) {
		return this.world.told.served.contains(launch);
	}

	void lost() {
		if (this.world.told.stop || this.world.masterClosed || this.end != null) {
			return;
		}
		if (this.world.told.served.isEmpty()) {
			this.end = ChildStartException.class;
			return;
		}
		this.losses.add(this.world.clock.nanos());
		if (count(0) > this.world.settings.recovery().threshold()) {
			this.end = RecoveryExceededException.class;
		}
	}

	/** How many losses count if the master's time has stood still for a while. */
	private long count(long stoodStill) {
		long window = this.world.settings.recovery().window().toNanos();
		long now = this.world.clock.nanos();
		return this.losses.stream().filter((loss) -> window == 0 || now - loss < window + stoodStill).count();
	}

	/** Whether there are too many, the master's pauses being left out of the time. */
	boolean mayBeExceeded() {
		return count(this.world.pausedInAll) > this.world.settings.recovery().threshold();
	}

	/** Why the fleet has to end, if it has to. */
	@Nullable Class<? extends PreforkException> end() {
		return this.end;
	}

}
