package io.github.prefork.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Consumer;

import io.github.prefork.Build;
import io.github.prefork.master.command.ChildSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * The jar that the children are launched from, as it lies at its path. Not safe for use
 * by several threads.
 */
final class ApplicationJar {

	private static final List<String> CLASS_PATH = List.of("-cp", "-classpath", "--class-path");

	private static final Log logger = LogFactory.getLog(ApplicationJar.class);

	private final @Nullable Path path;

	private final Consumer<String> warnings;

	private @Nullable Seen last;

	/**
	 * Look at the jar for the first time.
	 * @param path its path, which may lead over links; {@code null} if there is no jar
	 * @param warnings takes what the operator has to know
	 */
	ApplicationJar(@Nullable Path path, Consumer<String> warnings) {
		this.path = path;
		this.warnings = warnings;
		this.last = see();
	}

	/**
	 * Return the jar that this JVM was launched from, and children will be.
	 * @param child the settings of the children
	 * @return the jar; one that is never there, if the application does not lie in one
	 * jar
	 */
	static ApplicationJar ofThisJvm(ChildSettings child) {
		return new ApplicationJar(path(System.getProperty("java.class.path", ""), child.jvmArguments()), EventLog::say);
	}

	/**
	 * Find the jar. What the JVM calls its class path is the jar itself where one is run.
	 * @param classPath the class path
	 * @param jvmArguments what is added to the options of the children
	 * @return its path, {@code null} if there is none
	 */
	static @Nullable Path path(String classPath, List<String> jvmArguments) {
		if (classPath.isEmpty() || jvmArguments.stream()
			.anyMatch((argument) -> CLASS_PATH.contains(argument) || argument.startsWith("--class-path="))) {
			return null;
		}
		try {
			Path path = Path.of(classPath);
			return Files.isRegularFile(path) ? path : null;
		}
		catch (InvalidPathException ex) {
			return null;
		}
	}

	/**
	 * Look at the jar again. Warns if somebody has written into it since the last look,
	 * once each time.
	 * @return the build that a child is of that is launched now
	 */
	Build look() {
		Seen before = this.last;
		Seen now = see();
		if (now == null) {
			return Build.UNKNOWN;
		}
		this.last = now;
		if (before != null && now.isOverwritten(before)) {
			this.warnings.accept(("%s was changed in place: %s became %s. Processes that run it read classes from it "
					+ "when they need them, and may fail now: restart the master. Next time, put the new jar beside it "
					+ "and rename it: mv new.jar %s")
				.formatted(now.build.file(), before.build, now.build, this.path));
		}
		return now.build;
	}

	private @Nullable Seen see() {
		if (this.path == null) {
			return null;
		}
		try {
			Path real = this.path.toRealPath();
			BasicFileAttributes attributes = Files.readAttributes(real, BasicFileAttributes.class);
			return new Seen(attributes.fileKey(), new Build(null, null, real.toString(),
					attributes.lastModifiedTime().toInstant(), attributes.size()));
		}
		catch (IOException ex) {
			// The launch will tell
			logger.debug(LogMessage.format("%s can't be looked at", this.path), ex);
			return null;
		}
	}

	/**
	 * What was seen of the jar.
	 *
	 * @param key what tells files apart, {@code null} if the file system does not
	 * @param build the rest
	 */
	private record Seen(@Nullable Object key, Build build) {

		boolean isOverwritten(Seen before) {
			// A jar that processes have open keeps its key for itself
			return this.key != null && this.key.equals(before.key) && this.build.isOfOtherFile(before.build);
		}

	}

}
