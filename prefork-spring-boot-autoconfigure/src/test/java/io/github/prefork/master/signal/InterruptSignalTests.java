package io.github.prefork.master.signal;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.prefork.process.ProcessSignals;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InterruptSignal}.
 */
class InterruptSignalTests {

	// The JVM and its users have no use for it
	private static final String SIGNAL = "URG";

	private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();

	@Test
	void handleWhenSignalsComeTellsTheFirstFromTheOthers() throws Exception {
		InterruptSignal signals = new InterruptSignal(SIGNAL, () -> false, () -> this.calls.add("first"),
				() -> this.calls.add("second"));
		signals.install();
		assertThat(callAfterSignal()).isEqualTo("first");
		assertThat(callAfterSignal()).isEqualTo("second");
		assertThat(callAfterSignal()).isEqualTo("second");
		signals.restore();
		ProcessSignals.ignore(SIGNAL);
	}

	@Test
	void restoreGivesTheSignalBack() throws Exception {
		ProcessSignals.handle(SIGNAL, () -> this.calls.add("before"));
		InterruptSignal signals = new InterruptSignal(SIGNAL, () -> false, () -> this.calls.add("first"),
				() -> this.calls.add("second"));
		signals.restore();
		signals.install();
		signals.restore();
		signals.restore();
		assertThat(callAfterSignal()).isEqualTo("before");
		ProcessSignals.ignore(SIGNAL);
	}

	private String callAfterSignal() throws Exception {
		String pid = String.valueOf(ProcessHandle.current().pid());
		assertThat(new ProcessBuilder("kill", "-" + SIGNAL, pid).start().waitFor()).isZero();
		String call = this.calls.poll(10, TimeUnit.SECONDS);
		assertThat(call).isNotNull();
		return call;
	}

}
