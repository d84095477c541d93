package io.github.prefork.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.apache.commons.logging.LogFactory;

/**
 * A fresh directory for the master's socket that only its own user can enter.
 *
 * @param path the directory
 */
record SocketDirectory(Path path) {

	/**
	 * The most bytes of a socket's path: {@code sun_path} without its zero, on macOS
	 * (Linux has 107).
	 */
	static final int MAX_SOCKET_PATH = 103;

	/** With the process id, so that somebody who finds it knows whose it is. */
	private static final String PREFIX = "prefork-" + ProcessHandle.current().pid() + "-";

	private static final FileAttribute<Set<PosixFilePermission>> PRIVATE = PosixFilePermissions
		.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

	/**
	 * Return where a directory may be made, the best first.
	 * @return the parent directories
	 */
	static List<Path> parents() {
		List<Path> parents = new ArrayList<>();
		parents.add(Path.of(System.getProperty("java.io.tmpdir")));
		String runtime = System.getenv("XDG_RUNTIME_DIR");
		if (runtime != null && !runtime.isBlank()) {
			parents.add(Path.of(runtime));
		}
		parents.add(Path.of("/tmp"));
		return parents;
	}

	/**
	 * Make a directory in the first parent that allows it and is not too long.
	 * @param parents the parent directories
	 * @return the new directory
	 * @throws UncheckedIOException if no parent will do
	 */
	static SocketDirectory create(List<Path> parents) {
		IOException failure = new IOException("No directory for the socket of the channel");
		for (Path parent : parents) {
			try {
				SocketDirectory directory = new SocketDirectory(
						Files.createTempDirectory(parent.toAbsolutePath(), PREFIX, PRIVATE));
				if (directory.fits()) {
					return directory;
				}
				directory.delete();
				failure.addSuppressed(new IOException("Path too long for a socket: " + directory.socket()));
			}
			catch (IOException ex) {
				failure.addSuppressed(ex);
			}
		}
		throw new UncheckedIOException(failure);
	}

	boolean fits() {
		return socket().toString().getBytes(StandardCharsets.UTF_8).length <= MAX_SOCKET_PATH;
	}

	/**
	 * Return the path of the socket in the directory.
	 * @return the path
	 */
	Path socket() {
		return this.path.resolve("s");
	}

	/**
	 * Return where the file may be that heartbeats are written into.
	 * @return the paths, the best first
	 */
	List<Path> heartbeats() {
		return HeartbeatFile.places(socket());
	}

	/**
	 * Return the user that owns the directory, which is our own.
	 * @return the user id
	 */
	int owner() {
		try {
			return (Integer) Files.getAttribute(this.path, "unix:uid");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Remove the socket, the file and the directory.
	 */
	void delete() {
		try {
			Files.deleteIfExists(socket());
			for (Path place : heartbeats()) {
				Files.deleteIfExists(place);
			}
			Files.deleteIfExists(this.path);
		}
		catch (IOException ex) {
			LogFactory.getLog(SocketDirectory.class).warn("Cannot remove " + this.path, ex);
		}
	}

}
