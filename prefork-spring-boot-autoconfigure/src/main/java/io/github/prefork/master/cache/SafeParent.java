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
 * @param group the name of its group
 * @param rootsGroup whether that is the group of root
 */
record SafeParent(int mode, String group, boolean rootsGroup) {

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
		String writers = of(parent).writers(user());
		if (writers != null) {
			throw new IOException(writers + " can write to " + parent + "; " + CacheHome.ANOTHER + ", or one in it");
		}
		if (!CacheHome.isUserOrRoot(Files.getAttribute(parent, "unix:uid"))) {
			throw new IOException(parent + " belongs to somebody else; " + CacheHome.ANOTHER);
		}
	}

	private static SafeParent of(Path parent) throws IOException {
		String group = Files.readAttributes(parent, PosixFileAttributes.class).group().getName();
		return new SafeParent((int) Files.getAttribute(parent, "unix:mode"), group,
				ROOT.equals(Files.getAttribute(parent, "unix:gid")));
	}

	private static String user() throws IOException {
		return Files.getOwner(CacheHome.SELF).getName();
	}

	/**
	 * Return who can exchange what lies in the directory.
	 * @param user the name of the user
	 * @return some words, {@code null} for the owner and root alone
	 */
	@Nullable String writers(String user) {
		if ((this.mode & STICKY) != 0) {
			return null;
		}
		if ((this.mode & WRITABLE_FOR_ALL) != 0) {
			return "everybody";
		}
		return ((this.mode & WRITABLE_FOR_GROUP) != 0 && !isPrivate(user)) ? "the group " + this.group : null;
	}

	// Many systems give each user a group of the same name, and let it write to what the
	// user makes. Both are numbers where they have no names, as in many containers
	private boolean isPrivate(String user) {
		return this.rootsGroup || this.group.equals(user);
	}

}
