package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.prefork.ChildCommand;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.master.command.ChildStart;
import io.github.prefork.master.command.StandaloneCommand;
import io.github.prefork.master.command.StartForm;

/**
 * Makes what is missing in a cache. Only one thread uses it.
 */
final class CacheMaker {

	private static final List<String> FRUGAL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

	private final ChildCommandFactory commands;

	private final Tool tool;

	CacheMaker(ChildCommandFactory commands, Tool tool) {
		this.commands = commands;
		this.tool = tool;
	}

	/**
	 * Extract the layout of an executable jar, without running the application.
	 * @param entry the cache
	 * @param application the application in the jar
	 * @throws IOException if that fails
	 * @throws InterruptedException if interrupted
	 */
	void extract(CacheEntry entry, Application application) throws IOException, InterruptedException {
		Path jar = Objects.requireNonNull(application.fatJar());
		Path made = entry.temporary("app");
		try {
			List<String> command = new ArrayList<>(List.of(ChildStart.of(this.commands).java()));
			command.addAll(FRUGAL);
			command.addAll(List.of("-Djarmode=tools", "-jar", jar.toAbsolutePath().toString(), "extract",
					"--destination", made.toString()));
			this.tool.run(command, entry.directory());
			if (!Files.isRegularFile(made.resolve(jar.getFileName()))) {
				throw new IOException("there is no " + jar.getFileName() + " in the extracted layout");
			}
			if (!application.isStillThere()) {
				// What was extracted is another one, which has a cache of its own
				throw new IOException(jar + " was replaced");
			}
			// Left by somebody who was ended before it was known to be complete
			CacheEntry.delete(entry.layout());
			entry.put(made, entry.layout());
		}
		finally {
			CacheEntry.delete(made);
		}
	}

	/**
	 * Make an archive of classes. They are loaded, nothing of them is run.
	 * @param entry the cache
	 * @param form how the children run from its layout
	 * @param classes the names of the classes
	 * @throws IOException if that fails
	 * @throws InterruptedException if interrupted
	 */
	void archive(CacheEntry entry, StartForm form, Collection<String> classes)
			throws IOException, InterruptedException {
		Path list = entry.temporary("classes");
		Path made = entry.temporary("archive");
		try {
			Files.write(list, classes);
			ChildStart start = ChildStart.of(this.commands);
			List<String> command = new ArrayList<>(List.of(start.java()));
			command.addAll(ArchivePlace.drawn());
			command.addAll(ArchiveOptions.of(start.options()));
			command.addAll(List.of("-Xmx256m", "-Xshare:dump", "-XX:SharedClassListFile=" + list,
					"-XX:SharedArchiveFile=" + made));
			command.addAll(target(start, form));
			this.tool.run(command, workingDirectory());
			entry.put(made, entry.archive());
		}
		finally {
			CacheEntry.delete(list);
			CacheEntry.delete(made);
		}
	}

	/**
	 * Make an archive of what a JVM has recorded of itself.
	 * @param entry the cache
	 * @param form how the children run from its layout
	 * @param recording the file
	 * @throws IOException if that fails; the recording is gone then too, unless the fleet
	 * stops
	 * @throws InterruptedException if interrupted
	 */
	void archive(CacheEntry entry, StartForm form, Path recording) throws IOException, InterruptedException {
		Path made = entry.temporary("archive");
		try {
			ChildStart start = ChildStart.of(this.commands);
			List<String> command = new ArrayList<>(List.of(start.java()));
			command.addAll(ArchiveOptions.of(start.options()));
			command.addAll(List.of("-Xmx256m", "-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording,
					"-XX:AOTCache=" + made));
			command.addAll(target(start, form));
			this.tool.run(command, workingDirectory());
			entry.put(made, entry.archive());
		}
		finally {
			if (!this.tool.isClosed()) {
				CacheEntry.delete(recording);
			}
			CacheEntry.delete(made);
		}
	}

	private static List<String> target(ChildStart start, StartForm form) {
		List<String> target = new ArrayList<>();
		if (start.classPath() != null) {
			target.addAll(List.of("-cp", start.classPath()));
		}
		target.addAll(form.target().isEmpty() ? start.target() : form.target());
		return target;
	}

	private static Path workingDirectory() {
		// Paths of the command line may be relative to it
		return Path.of("").toAbsolutePath();
	}

	/**
	 * Run the application as it would run in a child, until its context is refreshed.
	 * @param entry the cache
	 * @param form how the children run from its layout
	 * @param options options of the JVM that say what to record
	 * @throws IOException if that fails
	 * @throws InterruptedException if interrupted
	 */
	void train(CacheEntry entry, StartForm form, List<String> options) throws IOException, InterruptedException {
		Path pidFile = entry.temporary("pid");
		List<String> all = new ArrayList<>(form.options());
		all.addAll(options);
		all.add("-Dspring.context.exit=onRefresh");
		// Its log file and its pid file are the master's
		ChildCommand command = StandaloneCommand.of(this.commands, new StartForm(all, form.target()), "training",
				Map.of("logging.file.name", "", "logging.file.path", "", "spring.pid.file", pidFile.toString()));
		try {
			this.tool.run(command.command(), workingDirectory(), command.environment());
		}
		finally {
			CacheEntry.delete(pidFile);
		}
	}

}
