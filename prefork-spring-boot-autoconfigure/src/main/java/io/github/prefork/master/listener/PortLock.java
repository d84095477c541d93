package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetAddress;

import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * Keeps other fleets away from an address until the listeners of this one listen. It is
 * an abstract domain socket, which like the port belongs to a network namespace, leaves
 * no file and goes with its process however that ends.
 */
final class PortLock {

	private static final Log logger = LogFactory.getLog(PortLock.class);

	private final Socket socket;

	private PortLock(Socket socket) {
		this.socket = socket;
	}

	/**
	 * Take the lock. Where the system does not allow abstract sockets there is none and
	 * taking it has no effect.
	 * @param address the local address of the listeners
	 * @param port their port
	 * @return the lock
	 * @throws IOException if another fleet has it
	 */
	static PortLock take(InetAddress address, int port) throws IOException {
		Socket socket = Socket.newSocketDomain();
		try {
			socket.bind(new DomainSocketAddress("\0prefork:" + address.getHostAddress() + ":" + port));
		}
		catch (IOException | RuntimeException ex) {
			if (ListenerFailure.isAddressInUse(ex)) {
				socket.close();
				throw ex;
			}
			logger.debug(LogMessage.format("No lock for port %d", port), ex);
		}
		return new PortLock(socket);
	}

	/**
	 * Let others have the address. May be repeated.
	 */
	void release() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			// The descriptor is gone even so
		}
	}

}
