package io.github.prefork.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.prefork.channel.ChildProperties;

import org.springframework.util.ClassUtils;

/**
 * The classes of libraries that a child loads until it has answered the first request.
 * The child for which the start of the fleet waits loads them on a thread of its own,
 * ahead of the one that starts the application, as a processor is idle meanwhile. It
 * initializes none of them, so nothing runs sooner than it would. Nothing depends on it:
 * what it does not load, or a library lacks, is loaded as always.
 */
public final class ChildClasses {

	static final String THREAD = "prefork-classes";

	/** Beside this class. {@code ChildClassesIT} writes it. */
	private static final String LIST = "child-classes.txt";

	/**
	 * Changes classes that are loaded after it was asked to, which is while this runs.
	 */
	static final List<String> INSTRUMENTATION = List.of("reactor.tools.agent.ReactorDebugAgent",
			"net.bytebuddy.agent.ByteBuddyAgent", "org.springframework.instrument.InstrumentationSavingAgent");

	private ChildClasses() {
	}

	/**
	 * Begin to load them, if the master has told this process to. Of several applications
	 * in this process the first one does so.
	 * @param loader the class loader of the application
	 */
	public static void begin(ClassLoader loader) {
		boolean told = Boolean.parseBoolean(System.clearProperty(ChildProperties.LOAD_CLASSES));
		if (told && INSTRUMENTATION.stream().noneMatch((name) -> ClassUtils.isPresent(name, loader))) {
			Thread thread = new Thread(() -> loadAll(loader), THREAD);
			thread.setDaemon(true);
			thread.start();
		}
	}

	private static void loadAll(ClassLoader loader) {
		names().forEach((name) -> load(name, loader));
	}

	private static void load(String name, ClassLoader loader) {
		try {
			Class.forName(name, false, loader);
		}
		catch (ClassNotFoundException | LinkageError | RuntimeException ex) {
			// The application does not have the library, or another version of it.
			// Or the child ends, and has closed the jar
		}
	}

	/**
	 * Return the names of the classes.
	 * @return the names, in the order in which they are needed; none if the list can't be
	 * read
	 */
	static List<String> names() {
		try (InputStream list = ChildClasses.class.getResourceAsStream(LIST)) {
			if (list == null) {
				return List.of();
			}
			return new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8)).lines()
				.filter((line) -> !line.startsWith("#"))
				.toList();
		}
		catch (IOException | UncheckedIOException ex) {
			return List.of();
		}
	}

}
