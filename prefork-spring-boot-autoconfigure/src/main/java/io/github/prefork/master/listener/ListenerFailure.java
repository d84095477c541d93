package io.github.prefork.master.listener;

import java.net.InetAddress;
import java.net.SocketException;
import java.util.Locale;

import io.github.prefork.PreforkException;
import io.netty.channel.unix.Errors.NativeIoException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.PortInUseException;

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

	static RuntimeException of(Exception ex, InetAddress address, int port) {
		return switch (errno(ex)) {
			case EADDRINUSE -> new PortInUseException(port, ex);
			case EACCES -> new PreforkException("This user has no permission to open port " + port,
					"Choose another port with 'server.port', or allow the user to open this one.", ex);
			case EADDRNOTAVAIL, EAFNOSUPPORT ->
				new PreforkException("The address " + address.getHostAddress() + " is not one of this machine",
						"Correct 'server.address' or 'prefork.network'.", ex);
			case EMFILE -> new PreforkException("There are too many open files to open port " + port,
					"Raise the limit of open files (ulimit -n, or LimitNOFILE of systemd).", ex);
			default -> new PreforkException(
					"Port " + port + " can't be opened on " + address.getHostAddress() + ": " + ex.getMessage(),
					"Check 'server.port' and 'server.address'.", ex);
		};
	}

	static boolean isAddressInUse(Exception ex) {
		return errno(ex) == EADDRINUSE;
	}

	static boolean isRefused(Exception ex) {
		int errno = errno(ex);
		return errno == EACCES || errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT;
	}

	private static int errno(@Nullable Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof NativeIoException nativeException) {
				return nativeException.expectedErr();
			}
			if (cause instanceof SocketException) {
				return errno(String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT));
			}
		}
		return 0;
	}

	private static int errno(String message) {
		// The JDK has nothing but the message
		if (message.contains("in use")) {
			return EADDRINUSE;
		}
		if (message.contains("permission")) {
			return EACCES;
		}
		if (message.contains("too many open files")) {
			return EMFILE;
		}
		return message.contains("assign") ? EADDRNOTAVAIL : 0;
	}

}
