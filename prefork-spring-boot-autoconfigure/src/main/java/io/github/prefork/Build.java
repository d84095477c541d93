package io.github.prefork;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Which build of the application a child runs, as far as that is known. The version and
 * the time of the build are what the child has found in itself when it starts; the file
 * is what the master has found at its path just before the launch.
 *
 * @param version {@code spring.application.version} of the child, which is the
 * {@code Implementation-Version} of the application class, else {@code build.version} of
 * its {@code META-INF/build-info.properties}; {@code null} if not known
 * @param time {@code build.time} of its {@code META-INF/build-info.properties},
 * {@code null} if not known
 * @param file the path of the jar with links resolved, {@code null} if the application is
 * not launched from one jar
 * @param modified when that jar was last modified, {@code null} without one
 * @param size the size of that jar in bytes, -1 without one
 */
public record Build(@Nullable String version, @Nullable Instant time, @Nullable String file, @Nullable Instant modified,
		long size) {

	/**
	 * A build of which nothing is known.
	 */
	public static final Build UNKNOWN = new Build(null, null, null, null, -1);

	private static final long KILOBYTE = 1024;

	/**
	 * Return the same build with what a child has told of it.
	 * @param version the version, {@code null} if not known
	 * @param time the time of the build, {@code null} if not known
	 * @return the build
	 */
	public Build with(@Nullable String version, @Nullable Instant time) {
		return new Build(version, time, this.file, this.modified, this.size);
	}

	/**
	 * Return whether another build comes from another file than this one, or from the
	 * same one in another state.
	 * @param other the other build
	 * @return whether they differ, {@code false} if one of them has no file
	 */
	public boolean isOfOtherFile(Build other) {
		return this.file != null && other.file != null && !(this.file.equals(other.file)
				&& Objects.equals(this.modified, other.modified) && this.size == other.size);
	}

	/**
	 * Describe the build for people: {@code 1.2.0 (app.jar of 2026-11-26T10:00:00Z, 23.4
	 * MB)}.
	 * @return the description, empty if nothing is known
	 */
	@Override
	public String toString() {
		String name = (this.version != null) ? this.version
				: (this.time != null) ? "the build of " + seconds(this.time) : "";
		if (this.file == null || this.modified == null) {
			return name;
		}
		String jar = "%s of %s, %s".formatted(this.file.substring(this.file.lastIndexOf('/') + 1),
				seconds(this.modified), bytes(this.size));
		return name.isEmpty() ? jar : name + " (" + jar + ")";
	}

	private static Instant seconds(Instant time) {
		return time.truncatedTo(ChronoUnit.SECONDS);
	}

	private static String bytes(long size) {
		if (size < KILOBYTE) {
			return size + " B";
		}
		boolean small = size < KILOBYTE * KILOBYTE;
		double value = size / (double) (small ? KILOBYTE : KILOBYTE * KILOBYTE);
		return String.format(Locale.ROOT, "%.1f %s", value, small ? "KB" : "MB");
	}

}
