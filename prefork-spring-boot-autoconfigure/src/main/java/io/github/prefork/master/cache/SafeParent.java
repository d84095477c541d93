package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;

import org.jspecify.annotations.Nullable;

/**
 * The directory that the directory of all caches lies in. Whoever can write to it could
 * put a directory of theirs in the place of ours, unless it is sticky.
 *
 * @param mode its permissions
 * @param rootsGroup whether its group is that of root
 */
record SafeParent(int mode, boolean rootsGroup) {

	private static final int WRITABLE_FOR_ALL = 0002;

	private static final int WRITABLE_FOR_GROUP = 0020;

	private static final int STICKY = 01000;

	private static final Integer ROOT = 0;

	/**
	 * Make sure that nobody else but root can exchange what lies in a directory.
	 * @param parent the directory; a link is followed
	 * @throws IOException if somebody can
	 */
	static void require(Path parent) throws IOException {
		SafeParent safe = new SafeParent((int) Files.getAttribute(parent, "unix:mode"),
				ROOT.equals(Files.getAttribute(parent, "unix:gid")));
		String writers = safe.writers(new SystemNames(parent));
		if (writers != null) {
			throw new IOException(writers + " can write to " + parent + "; " + CacheHome.ANOTHER + ", or one in it");
		}
		if (!CacheHome.isUserOrRoot(Files.getAttribute(parent, "unix:uid"))) {
			throw new IOException(parent + " belongs to somebody else; " + CacheHome.ANOTHER);
		}
	}

	/**
	 * Return who can exchange what lies in the directory.
	 * @param names the names, which are asked for only where numbers do not tell
	 * @return some words, {@code null} for the owner and root alone
	 * @throws IOException if a name can't be read
	 */
	@Nullable String writers(Names names) throws IOException {
		if ((this.mode & STICKY) != 0) {
			return null;
		}
		if ((this.mode & WRITABLE_FOR_ALL) != 0) {
			return "everybody";
		}
		if ((this.mode & WRITABLE_FOR_GROUP) == 0 || this.rootsGroup) {
			return null;
		}
		// Many systems give each user a group of the same name, and let it write to what
		// the user makes. Both are numbers where they have no names, as in many
		// containers
		String group = names.group();
		return group.equals(names.user()) ? null : "the group " + group;
	}

	/**
	 * Names of users and groups. They may come from a server in the network, which may
	 * take seconds to answer or to be given up.
	 */
	interface Names {

		/**
		 * Return the name of the group of the directory.
		 * @return its name, or its number if it has none
		 * @throws IOException if it can't be read
		 */
		String group() throws IOException;

		/**
		 * Return the name of the user of this process.
		 * @return the name, or the number if there is none
		 * @throws IOException if it can't be read
		 */
		String user() throws IOException;

	}

	private record SystemNames(Path parent) implements Names {

		@Override
		public String group() throws IOException {
			return Files.readAttributes(this.parent, PosixFileAttributes.class).group().getName();
		}

		@Override
		public String user() throws IOException {
			return Files.getOwner(CacheHome.SELF).getName();
		}

	}

}
