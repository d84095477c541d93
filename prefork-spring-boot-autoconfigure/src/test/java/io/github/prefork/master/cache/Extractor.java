package io.github.prefork.master.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.awaitility.Awaitility;

/**
 * In the place of Spring Boot's tools, in the application's own jar. Files beside the jar
 * say what happens.
 */
public final class Extractor {

	/** The jar is replaced by this file while it is extracted. */
	static final String REPLACE = "replace";

	/** It fails. */
	static final String FAIL = "fail";

	/** It writes its process id into this file, half a layout, and does not end. */
	static final String HANG = "hang";

	private Extractor() {
	}

	public static void main(String[] args) throws Exception {
		Path jar = Path.of(System.getProperty("java.class.path"));
		if (!List.of(args).contains("extract")) {
			Files.write(jar.resolveSibling("arguments"), List.of(args));
			runOddLambdas();
			return;
		}
		if (Files.exists(jar.resolveSibling(FAIL))) {
			throw new IllegalStateException("planned failure");
		}
		Path destination = Files.createDirectory(Path.of(args[args.length - 1]));
		if (Files.exists(jar.resolveSibling(HANG))) {
			Files.writeString(jar.resolveSibling(HANG), String.valueOf(ProcessHandle.current().pid()));
			Thread.currentThread().join();
		}
		Files.copy(jar, destination.resolve(jar.getFileName()));
		if (Files.exists(jar.resolveSibling(REPLACE))) {
			Files.move(jar.resolveSibling(REPLACE), jar, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private static void runOddLambdas() throws Exception {
		Class<?> type;
		try {
			type = Class.forName(OddLambdas.NAME);
		}
		catch (ClassNotFoundException ex) {
			return;
		}
		((Runnable) type.getConstructor().newInstance()).run();
	}

	/**
	 * Write the jar.
	 * @param jar where to
	 * @param others class files of other classes in it, of no package
	 * @return the jar
	 */
	static Path writeJar(Path jar, Path... others) throws IOException {
		String name = Extractor.class.getName().replace('.', '/') + ".class";
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Extractor.class.getName());
		try (OutputStream out = Files.newOutputStream(jar);
				JarOutputStream zip = new JarOutputStream(out, manifest);
				InputStream in = Extractor.class.getClassLoader().getResourceAsStream(name)) {
			zip.putNextEntry(new JarEntry(name));
			in.transferTo(zip);
			for (Path other : others) {
				zip.putNextEntry(new JarEntry(other.getFileName().toString()));
				Files.copy(other, zip);
			}
		}
		return jar;
	}

	/**
	 * Start a JVM that does nothing.
	 * @param directory where its files are
	 * @return the JVM, when it has started
	 */
	static Process startIdle(Path directory) throws IOException {
		Path jar = writeJar(directory.resolve("idle.jar"));
		Path hang = Files.createFile(directory.resolve(HANG));
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx32m", "-jar", jar.toString(), "extract", directory.resolve("layout").toString())
			.inheritIO()
			.start();
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive() || Files.size(hang) > 0);
		return process;
	}

	static Application application(Path jar) throws Exception {
		Application ordinary = Application.look(TestJars.ofJar(jar));
		return new Application(jar, jar, ordinary.stamp(), ordinary.key(), ordinary.ownPlace());
	}

}
