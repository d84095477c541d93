package io.github.prefork.master;

import java.io.IOException;
import java.net.InetAddress;

import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ListenerFailure}.
 */
class ListenerFailureTests {

	@Test
	void ofWhenAddressIsInUseReturnsPortInUseException() {
		assertThat(of(nativeError(-98))).isInstanceOf(PortInUseException.class).hasMessageContaining("8080");
	}

	@Test
	void ofWhenPermissionIsDeniedNamesThePort() {
		assertThat(of(nativeError(-13))).isNotInstanceOf(PortInUseException.class)
			.hasMessageContaining("permission")
			.hasMessageContaining("server.port");
	}

	@Test
	void ofWhenCauseIsNestedFindsIt() {
		assertThat(of(new ChannelException(nativeError(-24)))).hasMessageContaining("open files");
	}

	@Test
	void ofWhenErrorIsUnknownNamesBothProperties() {
		IOException cause = new IOException("?");
		assertThat(of(cause)).hasCause(cause)
			.hasMessageContaining("server.port")
			.hasMessageContaining("server.address");
	}

	private static NativeIoException nativeError(int error) {
		// Loads the native library that knows the texts of the errors
		Epoll.ensureAvailability();
		return new NativeIoException("bind", error);
	}

	private static WebServerException of(Exception ex) {
		return ListenerFailure.of(ex, InetAddress.getLoopbackAddress(), 8080);
	}

}
