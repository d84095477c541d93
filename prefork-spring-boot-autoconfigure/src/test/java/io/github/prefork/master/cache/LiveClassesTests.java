package io.github.prefork.master.cache;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link LiveClasses}.
 */
class LiveClassesTests {

	private static final Duration TIMEOUT = Duration.ofMillis(50);

	// A JVM that asks itself may stop all its threads while its answer waits to be read
	@Test
	void askWhenItIsAJvmTellsItsClasses(@TempDir Path directory) throws Exception {
		Process jvm = Extractor.startIdle(directory);
		try {
			assertThat(ClassList.ofHierarchy(new LiveClasses().ask(jvm.pid()))).hasSizeGreaterThan(300)
				.contains("java/lang/Object", Extractor.class.getName().replace('.', '/'));
			assertThat(Path.of("/tmp/.attach_pid" + jvm.pid())).doesNotExist();
		}
		finally {
			jvm.destroyForcibly().waitFor();
			Files.deleteIfExists(Path.of("/tmp/.java_pid" + jvm.pid()));
		}
	}

	@Test
	void askWhenTheSignalWouldEndItThrows(@TempDir Path directory) throws IOException {
		Files.createDirectory(directory.resolve("7"));
		Files.writeString(directory.resolve("7/status"), "Name:\tjava\nSigCgt:\t0000000181005cc8\n");
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new LiveClasses(directory, directory, TIMEOUT).ask(7))
			.withMessageContaining("does not handle SIGQUIT");
	}

	@Test
	void askWhenNobodyAnswersGivesUp(@TempDir Path directory) throws IOException {
		try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			silent.bind(UnixDomainSocketAddress.of(directory.resolve(".java_pid7")));
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> new LiveClasses(directory, directory, TIMEOUT).ask(7))
				.withMessageContaining("does not answer");
		}
	}

	@Test
	void askWhenInterruptedEndsAtOnce(@TempDir Path directory) throws IOException {
		try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			silent.bind(UnixDomainSocketAddress.of(directory.resolve(".java_pid7")));
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(InterruptedException.class)
				.isThrownBy(() -> new LiveClasses(directory, directory, Duration.ofDays(1)).ask(7));
		}
		finally {
			assertThat(Thread.interrupted()).isFalse();
		}
	}

	@Test
	void askWhenTheSocketIsSomebodyElsesThrows(@TempDir Path directory) throws IOException {
		Path other = directory.resolve(".java_pid7");
		Files.createFile(other);
		assumeThat(changeOwner(other)).isTrue();
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new LiveClasses(directory, directory, TIMEOUT).ask(7))
			.withMessageContaining("belongs to somebody else");
	}

	// Only root can
	private static boolean changeOwner(Path file) {
		try {
			Files.setAttribute(file, "unix:uid", 4711);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
