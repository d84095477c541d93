package io.github.prefork.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

import io.github.prefork.launch.app.LaunchAgent;
import io.github.prefork.launch.app.LaunchApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The test application in the forms in which applications are delivered: the sample's jar
 * with other classes, and what can be made of it.
 */
final class LaunchFiles {

	static final String MAIN = LaunchApplication.class.getName();

	static final String MODULE = "launch.app";

	static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

	private static final String PACKAGE = LaunchApplication.class.getPackageName().replace('.', '/');

	private static final Path CLASSES = Path
		.of(LaunchApplication.class.getProtectionDomain().getCodeSource().getLocation().getPath());

	private final Path directory;

	LaunchFiles(Path directory) {
		this.directory = directory;
	}

	static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	Path file(String name, String contents) {
		try {
			return Files.writeString(this.directory.resolve(name), contents);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path fatJar() throws IOException {
		Path jar = this.directory.resolve("my app.jar");
		if (!Files.exists(jar)) {
			Files.copy(Path.of(System.getProperty("sample.jar")), jar);
			try (FileSystem target = FileSystems.newFileSystem(jar)) {
				Path classes = Files.createDirectories(target.getPath("BOOT-INF/classes", PACKAGE));
				for (Path file : classes()) {
					Files.copy(file, classes.resolve(file.getFileName().toString()));
				}
				setStartClass(target.getPath("META-INF/MANIFEST.MF"));
			}
		}
		return jar;
	}

	private static void setStartClass(Path file) throws IOException {
		Manifest manifest = new Manifest(Files.newInputStream(file));
		manifest.getMainAttributes().putValue("Start-Class", MAIN);
		try (OutputStream output = Files.newOutputStream(file)) {
			manifest.write(output);
		}
	}

	Path extractedJar() throws IOException, InterruptedException {
		Path target = this.directory.resolve("extracted");
		Path jar = target.resolve(fatJar().getFileName());
		if (Files.exists(jar)) {
			return jar;
		}
		Process process = new ProcessBuilder(JAVA, "-XX:TieredStopAtLevel=1", "-Djarmode=tools", "-jar",
				fatJar().toString(), "extract", "--destination", target.toString())
			.inheritIO()
			.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isZero();
		}
		finally {
			process.destroyForcibly();
		}
		return jar;
	}

	Path moduleJar() throws IOException {
		return jar("modules.jar", "Automatic-Module-Name", MODULE);
	}

	Path agentJar() throws IOException {
		return jar("agent.jar", "Premain-Class", LaunchAgent.class.getName());
	}

	private Path jar(String name, String attribute, String value) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().putValue(attribute, value);
		Path jar = this.directory.resolve(name);
		try (JarOutputStream output = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
			for (Path file : classes()) {
				output.putNextEntry(new JarEntry(PACKAGE + "/" + file.getFileName()));
				Files.copy(file, output);
			}
		}
		return jar;
	}

	private static List<Path> classes() throws IOException {
		try (Stream<Path> files = Files.list(CLASSES.resolve(PACKAGE))) {
			return files.toList();
		}
	}

}
