package io.github.prefork.actuate;

import java.time.Instant;

import io.github.prefork.Build;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint writes about the build that a child runs.
 *
 * @param version the version, {@code null} if not known
 * @param time when it was built, ISO 8601, {@code null} if not known
 * @param file the jar, {@code null} if it is not launched from one
 * @param modified when the jar was last modified, ISO 8601, {@code null} without one
 * @param size the size of the jar in bytes, {@code null} without one
 */
record BuildBody(@Nullable String version, @Nullable String time, @Nullable String file, @Nullable String modified,
		@Nullable Long size) {

	static @Nullable BuildBody of(Build build) {
		return build.equals(Build.UNKNOWN) ? null : new BuildBody(build.version(), iso(build.time()), build.file(),
				iso(build.modified()), (build.size() >= 0) ? build.size() : null);
	}

	private static @Nullable String iso(@Nullable Instant time) {
		return (time != null) ? time.toString() : null;
	}

}
