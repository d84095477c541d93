package io.github.prefork.master.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

import io.github.prefork.process.ProcessSignals;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * SIGTTIN and SIGTTOU to the master: one child more, one less. Left alone they would stop
 * the process.
 */
final class ScaleSignals {

	private static final Log logger = LogFactory.getLog(ScaleSignals.class);

	private final IntConsumer scaleBy;

	private final List<Runnable> toRestore = new ArrayList<>();

	/**
	 * Create the treatment, not in force yet.
	 * @param scaleBy changes the number of children by that many
	 */
	ScaleSignals(IntConsumer scaleBy) {
		this.scaleBy = scaleBy;
	}

	synchronized void install() {
		boolean more = take("TTIN", 1, "one child more");
		boolean less = take("TTOU", -1, "one child less");
		if (!more || !less) {
			logger.warn(
					"This JVM does not give SIGTTIN or SIGTTOU away; the endpoint prefork and Prefork.scale() are left "
							+ "to change the number of children");
		}
	}

	private boolean take(String signal, int step, String meaning) {
		Runnable restore = ProcessSignals.borrow(signal, () -> {
			logger.info("SIG" + signal + ": " + meaning);
			this.scaleBy.accept(step);
		});
		if (restore != null) {
			this.toRestore.add(restore);
		}
		return restore != null;
	}

	synchronized void restore() {
		this.toRestore.forEach(Runnable::run);
		this.toRestore.clear();
	}

}
