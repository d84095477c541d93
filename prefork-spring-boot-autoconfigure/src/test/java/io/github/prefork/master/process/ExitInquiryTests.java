package io.github.prefork.master.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.prefork.ChildCommand;
import io.github.prefork.supervisor.ExitEvidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ExitInquiry}.
 */
class ExitInquiryTests {

	@TempDir
	private Path directory;

	@Test
	void lookWhenStatusIsZeroFindsNothing() throws IOException {
		Files.writeString(this.directory.resolve("42"), "OutOfMemory encountered");
		assertThat(inquiry().look(child("-XX:ErrorFile=" + this.directory + "/%p"), 0, false))
			.isEqualTo(ExitEvidence.NONE);
	}

	@Test
	void lookFindsTheReportOfTheProcess() throws IOException {
		Path report = Files.writeString(this.directory.resolve("42"), "OutOfMemory encountered");
		assertThat(inquiry().look(child("-XX:ErrorFile=" + this.directory + "/%p"), 134, false))
			.isEqualTo(new ExitEvidence(false, false, report, true));
	}

	@Test
	void lookKnowsWhetherTheJvmExitsOutOfMemory() throws IOException {
		assertThat(inquiry().look(child("-XX:+ExitOnOutOfMemoryError"), 3, false))
			.isEqualTo(new ExitEvidence(true, false, null, false));
	}

	@Test
	void lookWhenKilledAsksForAKillByTheKernel() throws IOException {
		ExitInquiry inquiry = inquiry();
		Files.writeString(counter(), "oom_kill 1");
		assertThat(inquiry.look(child("-Da"), 134, false).killedByKernel()).isFalse();
		assertThat(inquiry.look(child("-Da"), 137, true).killedByKernel()).isFalse();
		assertThat(inquiry.look(child("-Da"), 137, false).killedByKernel()).isTrue();
		assertThat(inquiry.look(child("-Da"), 137, false).killedByKernel()).isFalse();
	}

	@Test
	void lookWhenNothingCanBeReadFindsNothing() throws IOException {
		assertThat(inquiry().look(child("-XX:ErrorFile=\0"), 134, false)).isEqualTo(ExitEvidence.NONE);
	}

	private ExitInquiry inquiry() throws IOException {
		Files.writeString(counter(), "oom_kill 0");
		return new ExitInquiry(new KernelKills(counter()));
	}

	private Path counter() {
		return this.directory.resolve("memory.events");
	}

	private static ChildProcess child(String option) {
		return new ChildProcess(new ChildCommand(0, 0, List.of("java", option, "Main"), Map.of()), 42,
				new FakeProcess(42), Instant.now());
	}

}
