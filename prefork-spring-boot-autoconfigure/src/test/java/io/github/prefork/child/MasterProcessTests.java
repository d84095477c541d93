package io.github.prefork.child;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

import io.github.prefork.channel.ChannelAddress;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link MasterProcess}.
 */
class MasterProcessTests {

	private static final Instant STARTED = Instant.ofEpochMilli(50_000);

	private final ProcessHandle master = process(10, null);

	private final ProcessHandle process = process(30, process(20, this.master));

	@TempDir
	private Path directory;

	private static ProcessHandle process(long pid, @Nullable ProcessHandle parent) {
		ProcessHandle.Info info = mock(ProcessHandle.Info.class);
		given(info.startInstant()).willReturn(Optional.of(STARTED));
		ProcessHandle process = mock(ProcessHandle.class);
		given(process.pid()).willReturn(pid);
		given(process.parent()).willReturn(Optional.ofNullable(parent));
		given(process.isAlive()).willReturn(true);
		given(process.info()).willReturn(info);
		return process;
	}

	private boolean launched(long masterPid, long started) {
		return MasterProcess.launched(this.process,
				new ChannelAddress(masterPid, started, "ab", this.directory.resolve("s").toString()));
	}

	@Test
	void launchedWhenMasterIsAncestorIsTrue() {
		assertThat(launched(10, 50_000)).isTrue();
		assertThat(launched(20, 50_500)).isTrue();
	}

	@Test
	void launchedWhenStartIsNotKnownIsTrue() {
		assertThat(launched(10, 0)).isTrue();
		given(this.master.info().startInstant()).willReturn(Optional.empty());
		assertThat(launched(10, 7)).isTrue();
	}

	@Test
	void launchedWhenNotAncestorIsFalse() {
		assertThat(launched(30, 50_000)).isFalse();
		assertThat(launched(99, 50_000)).isFalse();
	}

	@Test
	void launchedWhenAncestorIsDeadIsFalse() {
		given(this.master.isAlive()).willReturn(false);
		assertThat(launched(10, 50_000)).isFalse();
	}

	@Test
	void launchedWhenPidBelongsToAnotherProcessNowIsFalse() {
		assertThat(launched(10, 10_000)).isFalse();
	}

	@Test
	void launchedWhenDetachedFromALivingMasterIsTrue() throws IOException {
		ProcessHandle detached = process(30, process(1, null));
		assertThat(MasterProcess.launched(detached, address())).isFalse();
		assertThat(MasterProcess.orphaned(detached, address())).isTrue();
		try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
			socket.bind(UnixDomainSocketAddress.of(address().path()));
			assertThat(MasterProcess.launched(detached, address())).isTrue();
			assertThat(MasterProcess.orphaned(detached, address())).isFalse();
		}
		assertThat(MasterProcess.launched(detached, address())).isFalse();
		assertThat(MasterProcess.orphaned(detached, address())).isTrue();
	}

	@Test
	void orphanedWhenParentLivesIsSoOnlyIfTheMastersSocketIsLeft() throws IOException {
		assertThat(MasterProcess.orphaned(this.process, address())).isFalse();
		this.directory.resolve("s").toFile().createNewFile();
		assertThat(MasterProcess.orphaned(this.process, address())).isTrue();
	}

	private ChannelAddress address() {
		return new ChannelAddress(10, 50_000, "ab", this.directory.resolve("s").toString());
	}

	@Test
	void launchedWhenClockWasSetButSocketIsThereIsTrue() throws IOException {
		this.directory.resolve("s").toFile().createNewFile();
		assertThat(launched(10, 10_000)).isTrue();
	}

}
