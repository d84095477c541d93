package io.github.prefork.master;

import java.net.InetAddress;

import io.netty.channel.unix.Errors.NativeIoException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;

/**
 * Turns the errors of the system into those of Boot.
 */
final class ListenerFailure {

	private static final int EACCES = -13;

	private static final int EMFILE = -24;

	private static final int EAFNOSUPPORT = -97;

	private static final int EADDRINUSE = -98;

	private static final int EADDRNOTAVAIL = -99;

	private ListenerFailure() {
	}

	static WebServerException of(Exception ex, InetAddress address, int port) {
		return switch (errno(ex)) {
			case EADDRINUSE -> new PortInUseException(port, ex);
			case EACCES -> new WebServerException("No permission to open port " + port
					+ ": choose another 'server.port', or allow this user to open it", ex);
			case EADDRNOTAVAIL, EAFNOSUPPORT -> new WebServerException(
					"Address " + address.getHostAddress() + " is not available on this machine: check 'server.address'",
					ex);
			case EMFILE -> new WebServerException(
					"Too many open files to open port " + port + ": raise the limit (ulimit -n)", ex);
			default -> new WebServerException("Unable to open port " + port + " on " + address.getHostAddress()
					+ ": check 'server.port' and 'server.address'", ex);
		};
	}

	static boolean isAddressInUse(Exception ex) {
		return errno(ex) == EADDRINUSE;
	}

	private static int errno(@Nullable Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof NativeIoException nativeException) {
				return nativeException.expectedErr();
			}
		}
		return 0;
	}

}
