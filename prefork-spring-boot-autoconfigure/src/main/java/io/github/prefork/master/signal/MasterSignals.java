package io.github.prefork.master.signal;

import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * The signals that the JVM alone does not treat as a fleet needs it: SIGINT, SIGHUP,
 * SIGTTIN and SIGTTOU. Safe for use by several threads.
 */
public final class MasterSignals {

	private final InterruptSignal interrupt;

	private final RestartSignal restart;

	private final ScaleSignals scale;

	private MasterSignals(InterruptSignal interrupt, RestartSignal restart, ScaleSignals scale) {
		this.interrupt = interrupt;
		this.restart = restart;
		this.scale = scale;
	}

	/**
	 * Return the treatment of the signals, not in force yet.
	 * @param killAll kills the children
	 * @param stopping whether the fleet stops already
	 * @param restart begins a rolling restart
	 * @param scaleBy changes the number of children by that many
	 * @return the treatment
	 */
	public static MasterSignals of(Runnable killAll, BooleanSupplier stopping, Runnable restart, IntConsumer scaleBy) {
		return new MasterSignals(InterruptSignal.of(killAll, stopping), RestartSignal.of(restart),
				new ScaleSignals(scaleBy));
	}

	/**
	 * Take the signals.
	 */
	public void install() {
		this.interrupt.install();
		this.restart.install();
		this.scale.install();
	}

	/**
	 * Give the signals back to whoever had them before.
	 */
	public void restore() {
		this.interrupt.restore();
		this.restart.restore();
		this.scale.restore();
	}

}
