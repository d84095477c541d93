package io.github.prefork.aside;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * An executable jar of an application of these tests, with the class path that a test
 * wants it to have.
 *
 * @param main the main class
 * @param classes the directories whose classes are in the jar
 * @param classPath what is on the class path besides
 */
public record ApplicationJar(Class<?> main, List<Path> classes, List<Path> classPath) {

	/**
	 * Start with the class path of the tests.
	 * @param main the main class
	 * @param without words in the names of jars that are left out
	 * @return the description
	 */
	public static ApplicationJar of(Class<?> main, String... without) {
		return new ApplicationJar(main, List.of(classesOf(main)),
				entries(System.getProperty("surefire.test.class.path"))
					.filter((entry) -> Stream.of(without).noneMatch(entry.getFileName().toString()::contains))
					.toList());
	}

	/**
	 * Add libraries that are not on the class path of the tests.
	 * @param names the beginnings of their names
	 * @return the description
	 */
	ApplicationJar with(String... names) {
		Stream<Path> libraries = Stream.of(new File(System.getProperty("aside.libs")).listFiles())
			.map(File::toPath)
			.filter((library) -> Stream.of(names).anyMatch(library.getFileName().toString()::startsWith));
		return new ApplicationJar(this.main, this.classes, Stream.concat(libraries, this.classPath.stream()).toList());
	}

	/**
	 * Add classes.
	 * @param directories the directories that they are in
	 * @return the description
	 */
	public ApplicationJar withClasses(Path... directories) {
		return new ApplicationJar(this.main, Stream.concat(this.classes.stream(), Stream.of(directories)).toList(),
				this.classPath);
	}

	/**
	 * Leave the classes in a directory, which is on the class path instead.
	 * @param directory the directory, which gets the classes of the application
	 * @return the description
	 * @throws IOException on failure
	 */
	ApplicationJar withClassesIn(Path directory) throws IOException {
		Path own = classesOf(this.main);
		for (Path file : filesOf(own)) {
			Path target = directory.resolve(own.relativize(file).toString());
			Files.createDirectories(target.getParent());
			Files.copy(file, target);
		}
		return new ApplicationJar(this.main, List.of(),
				Stream.concat(Stream.of(directory), this.classPath.stream()).toList());
	}

	/**
	 * Write the jar.
	 * @param file the file to write
	 * @return the file
	 * @throws IOException on failure
	 */
	public Path write(Path file) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, this.main.getName());
		manifest.getMainAttributes()
			.put(Attributes.Name.CLASS_PATH,
					this.classPath.stream().map((entry) -> entry.toUri().toString()).collect(Collectors.joining(" ")));
		Set<String> directories = new HashSet<>();
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
			for (Path root : this.classes) {
				for (Path entry : filesOf(root)) {
					addDirectories(root.relativize(entry), directories, jar);
					jar.putNextEntry(new ZipEntry(root.relativize(entry).toString()));
					Files.copy(entry, jar);
				}
			}
		}
		return file;
	}

	// Spring finds classes of a package only if the jar has an entry for it
	private static void addDirectories(Path entry, Set<String> known, JarOutputStream jar) throws IOException {
		for (int length = 1; length < entry.getNameCount(); length++) {
			String name = entry.subpath(0, length) + "/";
			if (known.add(name)) {
				jar.putNextEntry(new ZipEntry(name));
			}
		}
	}

	private List<Path> filesOf(Path directory) throws IOException {
		// Of the classes of the tests, only those of the application
		Path root = (directory.equals(classesOf(this.main)))
				? directory.resolve(this.main.getPackageName().replace('.', '/')) : directory;
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

	private static Stream<Path> entries(String classPath) {
		// The directories are those of the tests
		return Stream.of(classPath.split(File.pathSeparator))
			.map(Path::of)
			.map(Path::toAbsolutePath)
			.filter(Files::isRegularFile);
	}

	private static Path classesOf(Class<?> main) {
		try {
			return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
