package io.github.prefork.channel;

import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SocketDirectory}.
 */
class SocketDirectoryTests {

	@TempDir
	private Path parent;

	@Test
	void createMakesDirectoryThatOnlyItsUserCanEnter() throws Exception {
		SocketDirectory directory = SocketDirectory.create(List.of(this.parent));
		assertThat(directory.path()).isDirectory().hasParent(this.parent);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
			.isEqualTo("rwx------");
		assertThat(directory.owner()).isEqualTo(Files.getAttribute(this.parent, "unix:uid"));
	}

	@Test
	void createWhenPathIsTooLongTakesNextParent() throws Exception {
		Path deep = Files.createDirectories(this.parent.resolve("d".repeat(100)));
		SocketDirectory directory = SocketDirectory.create(List.of(deep, this.parent));
		assertThat(directory.path()).hasParent(this.parent);
		assertThat(deep).isEmptyDirectory();
	}

	@Test
	void fitsWhenPathIsAtTheLimitCountsItsBytes() {
		assertThat(directory("x".repeat(SocketDirectory.MAX_SOCKET_PATH - 3)).fits()).isTrue();
		assertThat(directory("x".repeat(SocketDirectory.MAX_SOCKET_PATH - 2)).fits()).isFalse();
		assertThat(directory("é".repeat(SocketDirectory.MAX_SOCKET_PATH / 2)).fits()).isFalse();
	}

	private static SocketDirectory directory(String name) {
		return new SocketDirectory(Path.of("/" + name));
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void socketWhenPathIsAtTheLimitCanBeConnectedTo(Transport transport) throws Exception {
		int rest = SocketDirectory.MAX_SOCKET_PATH - this.parent.toString().length() - "//s".length();
		SocketDirectory directory = new SocketDirectory(Files.createDirectory(this.parent.resolve("d".repeat(rest))));
		EventLoop eventLoop = transport.newEventLoop();
		try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			assertThat(directory.fits()).isTrue();
			new ServerBootstrap().group(eventLoop)
				.channel(transport.serverChannel())
				.childHandler(new ChannelInboundHandlerAdapter())
				.bind(transport.address(directory.socket().toString()))
				.syncUninterruptibly();
			client.connect(UnixDomainSocketAddress.of(directory.socket()));
			assertThat(client.isConnected()).isTrue();
		}
		finally {
			Transport.stop(eventLoop);
			directory.delete();
		}
	}

	@Test
	void createWhenParentIsMissingTakesNextParent() {
		SocketDirectory directory = SocketDirectory.create(List.of(this.parent.resolve("missing"), this.parent));
		assertThat(directory.path()).hasParent(this.parent);
	}

	@Test
	void createWhenNoParentWillDoSaysWhy() {
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> SocketDirectory.create(List.of(this.parent.resolve("missing"))))
			.havingCause()
			.satisfies((cause) -> assertThat(cause.getSuppressed()).hasSize(1));
	}

	@Test
	void deleteLeavesNothing() throws Exception {
		SocketDirectory directory = SocketDirectory.create(List.of(this.parent));
		Files.createFile(directory.socket());
		directory.delete();
		directory.delete();
		assertThat(this.parent).isEmptyDirectory();
	}

	@Test
	void parentsBeginWithTemporaryDirectory() {
		assertThat(SocketDirectory.parents()).startsWith(Path.of(System.getProperty("java.io.tmpdir")))
			.endsWith(Path.of("/tmp"));
	}

}
