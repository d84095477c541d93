package io.github.prefork.master.signal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RestartSignal}.
 */
class RestartSignalTests {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final AtomicBoolean terminal = new AtomicBoolean();

	@Test
	void handleWhenThereWasNoTerminalRestarts() {
		signal().handle();
		assertThat(this.calls).containsExactly("restart");
	}

	@Test
	void handleWhenTerminalIsThereRestarts() {
		this.terminal.set(true);
		signal().handle();
		assertThat(this.calls).containsExactly("restart");
	}

	@Test
	void handleWhenTerminalHasGoneStops() {
		this.terminal.set(true);
		RestartSignal signal = signal();
		this.terminal.set(false);
		signal.handle();
		assertThat(this.calls).containsExactly("stop");
	}

	@Test
	void installWhenSignalComesHandlesItUntilRestored() throws Exception {
		RestartSignal signal = signal();
		signal.install();
		try {
			String pid = Long.toString(ProcessHandle.current().pid());
			assertThat(new ProcessBuilder("kill", "-HUP", pid).start().waitFor()).isZero();
			Awaitility.await().until(() -> this.calls.contains("restart"));
		}
		finally {
			signal.restore();
		}
	}

	private RestartSignal signal() {
		return new RestartSignal(this.terminal::get, () -> this.calls.add("restart"), () -> this.calls.add("stop"));
	}

}
