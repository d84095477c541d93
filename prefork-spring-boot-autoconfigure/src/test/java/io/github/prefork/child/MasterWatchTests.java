package io.github.prefork.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.process.ProcessStat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link MasterWatch} and {@link ProcessStat}.
 */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class MasterWatchTests {

	// Its first process, which is the parent of the second, takes note of no end
	private static final String NEGLIGENT = "sleep 60 & echo $!; exec sleep 60";

	private final ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", NEGLIGENT);

	@TempDir
	private Path directory;

	private Process parent;

	private ProcessHandle master;

	@AfterEach
	void end() {
		if (this.master != null) {
			this.master.destroyForcibly();
			this.parent.destroyForcibly();
		}
	}

	static ChannelAddress address(ProcessHandle master, Path socket) {
		return address(master, socket, 0);
	}

	private static ChannelAddress address(ProcessHandle master, Path socket, long difference) {
		long started = master.info().startInstant().map(Instant::toEpochMilli).orElseThrow();
		return new ChannelAddress(master.pid(), started + difference, "ab", socket.toString());
	}

	private MasterWatch watch(long difference) throws IOException {
		this.parent = this.builder.start();
		BufferedReader output = this.parent.inputReader(StandardCharsets.US_ASCII);
		this.master = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
		// As long as it is a shell it takes note
		Path program = Path.of("/proc", String.valueOf(this.parent.pid()), "comm");
		Awaitility.await().until(() -> Files.readString(program).equals("sleep\n"));
		return MasterWatch.of(address(this.master, this.directory.resolve("s"), difference));
	}

	@Test
	void processHasEndedWhenKilledAndItsParentTakesNoNoteIsTrue() throws IOException {
		MasterWatch watch = watch(0);
		assertThat(watch.processHasEnded()).isFalse();
		this.master.destroyForcibly();
		Awaitility.await().until(watch::processHasEnded);
		assertThat(Path.of("/proc", String.valueOf(this.master.pid()))).exists();
		assertThat(watch.isGone()).isTrue();
	}

	@Test
	void processHasEndedWhenNothingIsLeftOfItIsTrue() throws Exception {
		MasterWatch watch = watch(0);
		this.parent.destroyForcibly().waitFor();
		this.master.destroyForcibly();
		Awaitility.await().until(watch::processHasEnded);
	}

	@Test
	void processHasEndedWhenStoppedIsFalse() throws Exception {
		MasterWatch watch = watch(0);
		String pid = String.valueOf(this.master.pid());
		assertThat(new ProcessBuilder("kill", "-STOP", pid).start().waitFor()).isZero();
		Path stat = Path.of("/proc", pid, "stat");
		Awaitility.await().until(() -> ProcessStat.read(stat).state() == 'T');
		assertThat(watch.processHasEnded()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(longs = { -10_000, 10_000 })
	void processHasEndedWhenItIsNotCertainlyTheMastersIsFalse(long difference) throws Exception {
		MasterWatch watch = watch(difference);
		this.parent.destroyForcibly().waitFor();
		this.master.destroyForcibly();
		Awaitility.await().until(() -> !this.master.isAlive());
		assertThat(watch.processHasEnded()).isFalse();
	}

	@Test
	void processHasEndedWhenStartIsNotKnownIsFalse() {
		ProcessHandle self = ProcessHandle.current();
		MasterWatch watch = MasterWatch
			.of(new ChannelAddress(self.pid(), 0, "ab", this.directory.resolve("s").toString()));
		assertThat(watch.processHasEnded()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "Z, 1, true", "X, 0, true", "Z, 2, false", "S, 1, false", "T, 1, false", "D, 30, false" })
	void isZombieWhenNoThreadIsLeft(char state, int threads, boolean expected) throws IOException {
		Path file = this.directory.resolve("stat");
		Files.write(file, ("42 (a) Z 1 (b\u00e9) " + state + " 1 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 " + threads
				+ " 0 123456 9 10 11\n")
			.getBytes(StandardCharsets.ISO_8859_1));
		ProcessStat stat = ProcessStat.read(file);
		assertThat(stat).isEqualTo(new ProcessStat(state, threads, 123456));
		assertThat(stat.isZombie()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "42 (a)", "42 (a) S 1 2 3" })
	void readWhenContentIsNotUnderstoodFails(String content) throws IOException {
		Path file = Files.writeString(this.directory.resolve("stat"), content);
		assertThatIOException().isThrownBy(() -> ProcessStat.read(file));
	}

}
