package io.github.prefork.master.signal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ScaleSignals}.
 */
class ScaleSignalsTests {

	private final List<Integer> steps = new CopyOnWriteArrayList<>();

	@Test
	void installWhenSignalsComeScalesByOne() throws Exception {
		ScaleSignals signals = new ScaleSignals(this.steps::add);
		signals.install();
		try {
			send("TTIN");
			Awaitility.await().until(() -> this.steps.equals(List.of(1)));
			send("TTOU");
			Awaitility.await().until(() -> this.steps.equals(List.of(1, -1)));
		}
		finally {
			signals.restore();
		}
	}

	private static void send(String signal) throws Exception {
		String pid = Long.toString(ProcessHandle.current().pid());
		assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
	}

}
