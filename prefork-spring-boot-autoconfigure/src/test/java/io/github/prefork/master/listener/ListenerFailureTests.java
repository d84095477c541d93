package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetAddress;

import io.github.prefork.PreforkException;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Errors.NativeIoException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.web.server.PortInUseException;

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
		assertThat(of(nativeError(-13))).hasMessageContaining("permission").hasMessageContaining("8080");
		assertThat(action(nativeError(-13))).contains("server.port");
	}

	@Test
	void ofWhenCauseIsNestedFindsIt() {
		assertThat(of(new ChannelException(nativeError(-24)))).hasMessageContaining("open files");
	}

	@Test
	void ofWhenErrorIsUnknownNamesBothProperties() {
		IOException cause = new IOException("?");
		assertThat(of(cause)).hasCause(cause).hasMessageContaining("8080").hasMessageContaining("127.0.0.1");
		assertThat(action(cause)).contains("server.port", "server.address");
	}

	private static NativeIoException nativeError(int error) {
		// Loads the native library that knows the texts of the errors
		Epoll.ensureAvailability();
		return new NativeIoException("bind", error);
	}

	private static @Nullable String action(Exception ex) {
		return ((PreforkException) of(ex)).getAction();
	}

	private static RuntimeException of(Exception ex) {
		return ListenerFailure.of(ex, InetAddress.getLoopbackAddress(), 8080);
	}

}
