package io.github.prefork.master.cache;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The directory of all start-up caches of a user. What lies in it is run, so nobody else
 * but root may be able to write there.
 *
 * @param directory the directory
 */
record CacheHome(Path directory) {

	private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> WRITABLE_FOR_OTHERS = Set.of(PosixFilePermission.GROUP_WRITE,
			PosixFilePermission.OTHERS_WRITE);

	/** Of directories above it, which hold what is not ours too. */
	private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

	/** What to do if this directory can't be used. */
	static final String ANOTHER = "XDG_CACHE_HOME can name another directory";

	private static final Integer ROOT = 0;

	static final Path SELF = Path.of("/proc/self");

	/**
	 * Find the directory.
	 * @param environment the environment
	 * @param home the home directory of the user
	 * @return {@code prefork} in the cache directory of the user
	 */
	static CacheHome of(Map<String, String> environment, String home) {
		// As the specification has it, a relative one is to be ignored
		String named = environment.getOrDefault("XDG_CACHE_HOME", "");
		Path caches = named.startsWith("/") ? Path.of(named)
				: Path.of(environment.getOrDefault("HOME", home), ".cache");
		return new CacheHome(caches.resolve("prefork"));
	}

	/**
	 * Make the directory if it is missing, and make sure that it is safe.
	 * @throws IOException if it can't be made or is not ours alone
	 */
	void open() throws IOException {
		if (!this.directory.isAbsolute()) {
			throw new IOException("the home directory of the user is not known");
		}
		Path parent = Objects.requireNonNull(this.directory.getParent());
		try {
			Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(READABLE));
			SafeParent.require(parent);
			makeOwn(this.directory);
		}
		catch (AccessDeniedException ex) {
			throw ex;
		}
		catch (FileSystemException ex) {
			String reason = (ex.getReason() != null) ? " (" + ex.getReason() + ")" : "";
			throw new IOException("the directory " + this.directory + " can't be made" + reason + "; " + ANOTHER, ex);
		}
	}

	/**
	 * Make sure that a JVM can be told the names of files in this directory.
	 * @throws NoCacheException if it would take a name for several
	 */
	void requireName() throws NoCacheException {
		if (this.directory.toString().contains(File.pathSeparator)) {
			throw new NoCacheException(
					"there is a '%s' in %s; %s".formatted(File.pathSeparator, this.directory, ANOTHER));
		}
	}

	/**
	 * Return one of the caches.
	 * @param key its name
	 * @return the cache, whether it is there or not
	 */
	CacheEntry entry(String key) {
		return new CacheEntry(this.directory.resolve(key));
	}

	/**
	 * Make a directory if it is missing, and make sure that it is safe.
	 * @param directory the directory
	 * @throws IOException if it can't be made or is not ours alone
	 */
	static void makeOwn(Path directory) throws IOException {
		if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
			try {
				Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWN));
			}
			catch (FileAlreadyExistsException ex) {
				// Another master has made it meanwhile
			}
		}
		requireOwn(directory);
	}

	/**
	 * Make sure that a directory is safe.
	 * @param directory the directory
	 * @throws IOException if it is no directory, or not ours alone
	 */
	static void requireOwn(Path directory) throws IOException {
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			throw new IOException(directory + " is no directory");
		}
		requireOwnFile(directory);
	}

	/**
	 * Make sure that nobody else but root can write to something.
	 * @param path a file or a directory; a link is none of both
	 * @throws IOException if it belongs to somebody else, or others can write to it
	 */
	static void requireOwnFile(Path path) throws IOException {
		if (!isUserOrRoot(owner(path))) {
			throw new IOException(path + " belongs to somebody else");
		}
		Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
		if (permissions.stream().anyMatch(WRITABLE_FOR_OTHERS::contains)) {
			throw new IOException("others can write to " + path + "; take that from them (chmod go-w), or delete it");
		}
	}

	/**
	 * Take the right to write from others, whatever the umask of this process leaves
	 * them.
	 * @param path a file, or a directory with all that is in it
	 * @throws IOException if that fails
	 */
	static void keepOwn(Path path) throws IOException {
		try (Stream<Path> files = Files.walk(path)) {
			for (Path file : files.filter((each) -> !Files.isSymbolicLink(each)).toList()) {
				Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
				if (permissions.removeAll(WRITABLE_FOR_OTHERS)) {
					Files.setPosixFilePermissions(file, permissions);
				}
			}
		}
	}

	/**
	 * Return whether something belongs to the user of this process.
	 * @param path its path; of a link, the link itself counts
	 * @return whether it does
	 * @throws IOException if it is not there
	 */
	static boolean isOwn(Path path) throws IOException {
		return owner(path).equals(Files.getAttribute(SELF, "unix:uid"));
	}

	static boolean isUserOrRoot(@Nullable Object uid) throws IOException {
		return ROOT.equals(uid) || Files.getAttribute(SELF, "unix:uid").equals(uid);
	}

	private static Object owner(Path path) throws IOException {
		return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
	}

}
