package io.github.prefork.process;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcessSignals}.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class ProcessSignalsTests {

	// The JVM uses it for nothing
	private static final String SIGNAL = "WINCH";

	@AfterEach
	void ignore() {
		assertThat(ProcessSignals.ignore(SIGNAL)).isTrue();
	}

	@Test
	void handleWhenSignalComesCallsAction() throws Exception {
		CountDownLatch handled = new CountDownLatch(1);
		assertThat(ProcessSignals.handle(SIGNAL, handled::countDown)).isTrue();
		kill();
		assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void handleWhenIgnoredBeforeInstalls() throws Exception {
		assertThat(ProcessSignals.ignore(SIGNAL)).isTrue();
		CountDownLatch handled = new CountDownLatch(1);
		assertThat(ProcessSignals.handle(SIGNAL, handled::countDown)).isTrue();
		kill();
		assertThat(handled.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void handleWhenSignalIsNotGivenIsFalse() {
		assertThat(ProcessSignals.handle("KILL", () -> {
		})).isFalse();
		assertThat(ProcessSignals.ignore("NONSENSE")).isFalse();
	}

	private static void kill() throws IOException, InterruptedException {
		String pid = String.valueOf(ProcessHandle.current().pid());
		assertThat(new ProcessBuilder("kill", "-" + SIGNAL, pid).start().waitFor()).isZero();
	}

}
