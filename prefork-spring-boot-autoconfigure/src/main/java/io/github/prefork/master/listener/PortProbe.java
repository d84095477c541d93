package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

import io.github.prefork.PreforkException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.log.LogMessage;

/**
 * Finds out whether somebody listens on a port that will be needed later, after all the
 * children have been launched. It binds and does not listen, so nobody can connect.
 */
public final class PortProbe {

	private static final Log logger = LogFactory.getLog(PortProbe.class);

	private PortProbe() {
	}

	/**
	 * Check that nobody listens on the port. Whatever else could be wrong with it, who
	 * opens it says better.
	 * @param address the address
	 * @throws PortInUseException if somebody listens there
	 * @throws PreforkException if the address or port is not for this process
	 */
	public static void check(InetSocketAddress address) throws PortInUseException {
		try (SocketChannel socket = SocketChannel.open()) {
			socket.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(address);
		}
		catch (IOException ex) {
			if (ListenerFailure.isAddressInUse(ex)) {
				throw new PortInUseException(address.getPort(), ex);
			}
			if (ListenerFailure.isRefused(ex)) {
				throw new PreforkException("The management server can't listen on " + address + ": " + ex.getMessage(),
						"Correct 'management.server.address' or 'management.server.port'.", ex);
			}
			logger.debug(LogMessage.format("Not probed: %s", address), ex);
		}
	}

}
