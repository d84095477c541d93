package io.github.prefork.child;

import io.github.prefork.channel.ToMaster;
import io.netty.handler.codec.DecoderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link OutOfMemoryExit} and {@link OutOfMemoryOption}.
 */
@ExtendWith(OutputCaptureExtension.class)
class OutOfMemoryExitTests {

	private static final String THREADS = "unable to create native thread: possibly out of memory";

	private final FakeChildChannel channel = new FakeChildChannel(1000);

	private final FakeExit exit = new FakeExit();

	private boolean wanted = true;

	private final OutOfMemoryExit outOfMemory = new OutOfMemoryExit(this.channel, this.exit, () -> this.wanted);

	@AfterEach
	void close() {
		this.channel.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Cannot reserve 1048576 bytes of direct buffer memory (allocated: 1, limit: 1)",
			"failed to allocate 25165824 byte(s) of direct memory (used: 393216, max: 16777216)", THREADS })
	void checkWhenTheProcessLacksMemoryTellsTheMasterAndHalts(String message, CapturedOutput output) {
		this.channel.onSend((sent) -> assertThat(this.exit.calls()).isEmpty());
		this.outOfMemory.check(new OutOfMemoryError(message));
		assertThat(this.channel.sent())
			.containsExactly(new ToMaster.OutOfMemory("java.lang.OutOfMemoryError: " + message));
		assertThat(this.exit.calls()).containsExactly("halt 3");
		assertThat(output).contains("Terminating due to java.lang.OutOfMemoryError: " + message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Required length exceeds implementation limit", "Required array length too large", "" })
	void checkWhenOneCallerWantsTooMuchDoesNothing(String message) {
		this.outOfMemory.check(new OutOfMemoryError(message));
		this.outOfMemory.check(new OutOfMemoryError());
		assertThat(this.exit.calls()).isEmpty();
	}

	@Test
	void checkWhenFailureIsOfAnotherKindDoesNothing() {
		this.outOfMemory.check(new StackOverflowError(THREADS));
		this.outOfMemory.check(new IllegalStateException(THREADS));
		assertThat(this.exit.calls()).isEmpty();
	}

	@Test
	void checkWhenItIsTheCauseHalts() {
		this.outOfMemory.check(new IllegalStateException(new DecoderException(new OutOfMemoryError(THREADS))));
		assertThat(this.exit.calls()).contains("halt 3");
	}

	@Test
	void checkWhenCausesFormACircleReturns() {
		IllegalStateException first = new IllegalStateException();
		first.initCause(new IllegalStateException(first));
		this.outOfMemory.check(first);
		assertThat(this.exit.calls()).isEmpty();
	}

	@Test
	void checkWhenUserWantsTheProcessToStayDoesNothing() {
		this.wanted = false;
		this.outOfMemory.check(new OutOfMemoryError(THREADS));
		assertThat(this.exit.calls()).isEmpty();
		assertThat(this.channel.sent()).isEmpty();
	}

	@Test
	void checkWhenRepeatedTellsTheMasterOnce() {
		this.outOfMemory.check(new OutOfMemoryError(THREADS));
		this.outOfMemory.check(new OutOfMemoryError(THREADS));
		assertThat(this.channel.sent()).hasSize(1);
	}

	@Test
	void checkWhenTheChannelIsClosedHaltsAnyway() {
		this.channel.close();
		try {
			this.outOfMemory.check(new OutOfMemoryError(THREADS));
		}
		catch (RuntimeException ex) {
			// Nobody is there to see it after a real halt
		}
		assertThat(this.exit.calls()).containsExactly("halt 3");
	}

	@Test
	void isInForceWhenThisJvmWasStartedWithoutTheOptionIsFalse() {
		assertThat(OutOfMemoryOption.isInForce()).isFalse();
	}

}
