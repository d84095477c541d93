package io.github.prefork.child;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

import io.github.prefork.channel.ChannelAddress;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * The socket of a master as its children see it in the file system.
 *
 * @param path the path of the socket
 */
record MasterSocket(Path path) {

	private static final Log logger = LogFactory.getLog(MasterSocket.class);

	/**
	 * Return whether a process still listens on the socket. Does not wait, so a stopped
	 * master with a full queue counts as listening. So does one that can't be asked,
	 * because this process has no descriptor left.
	 * @return whether there is a master
	 */
	boolean isAlive() {
		try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			return accepts(socket);
		}
		catch (IOException ex) {
			return true;
		}
	}

	private boolean accepts(SocketChannel socket) {
		try {
			socket.configureBlocking(false);
			socket.connect(UnixDomainSocketAddress.of(this.path));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Remove what a master that was killed has left: the socket, the file beside it, and
	 * their directory if that is empty then. Every child tries; the last one of a fleet
	 * succeeds.
	 */
	void remove() {
		try {
			if (!Files.readAttributes(this.path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther()) {
				return;
			}
			Files.deleteIfExists(this.path);
			for (Path place : ChannelAddress.heartbeats(this.path)) {
				Files.deleteIfExists(place);
			}
			Path directory = this.path.getParent();
			if (directory != null) {
				Files.deleteIfExists(directory);
			}
		}
		catch (IOException ex) {
			logger.debug(LogMessage.format("Not removed: %s", this.path), ex);
		}
	}

}
