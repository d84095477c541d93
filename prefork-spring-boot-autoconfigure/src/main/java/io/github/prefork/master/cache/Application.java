package io.github.prefork.master.cache;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

import io.github.prefork.master.command.ChildStart;
import org.jspecify.annotations.Nullable;

/**
 * What the children run, as it lies there now.
 *
 * @param fatJar the executable jar that has to be extracted, {@code null} if the
 * application consists of ordinary jars
 * @param file the jar of {@code -jar}, {@code null} if there is none
 * @param stamp what {@code file} was like
 * @param key the name of its cache
 * @param ownPlace whether the user says where in memory an archive is to be
 */
record Application(@Nullable Path fatJar, @Nullable Path file, String stamp, String key, boolean ownPlace) {

	private static final String JAR_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

	private static final String LAUNCHERS = "org.springframework.boot.loader.";

	private static final String TOOLS = "BOOT-INF/lib/spring-boot-jarmode-tools-";

	/**
	 * Look at what the children run.
	 * @param start how they are started
	 * @return the application
	 * @throws NoCacheException if there can't be a cache for it
	 * @throws IOException if it can't be read
	 */
	static Application look(ChildStart start) throws NoCacheException, IOException {
		List<String> target = start.target();
		requireNoObstacle(start.options());
		requireNoObstacle(start.masterOptions());
		boolean jar = target.get(0).equals("-jar");
		if (!jar && target.get(0).startsWith("-")) {
			throw new NoCacheException("it is started with modules");
		}
		CacheKey key = new CacheKey().withJvm();
		ArchiveOptions.of(start.options()).forEach(key::with);
		boolean ownPlace = ArchivePlace.isSaidBy(start.options());
		return jar ? ofJar(Path.of(target.get(1)), key, ownPlace)
				: ofClassPath(start.classPath(), target.get(0), key, ownPlace);
	}

	private static void requireNoObstacle(List<String> options) throws NoCacheException {
		String obstacle = ArchiveOptions.obstacle(options).orElse(null);
		if (obstacle != null) {
			throw new NoCacheException(obstacle);
		}
	}

	private static Application ofJar(Path path, CacheKey key, boolean ownPlace) throws NoCacheException, IOException {
		String stamp = stamp(path);
		try (JarFile jar = new JarFile(path.toFile(), false)) {
			Manifest manifest = jar.getManifest();
			Attributes attributes = (manifest != null) ? manifest.getMainAttributes() : new Attributes();
			String main = String.valueOf(attributes.getValue(Attributes.Name.MAIN_CLASS));
			if (main.equals(JAR_LAUNCHER)) {
				if (jar.stream().noneMatch((entry) -> entry.getName().startsWith(TOOLS))) {
					throw new NoCacheException("spring-boot-jarmode-tools is not in " + path);
				}
				key.with("fat").with(path.getFileName().toString()).with(ZipDirectory.read(path));
				return new Application(path, path, stamp, key.name(), ownPlace);
			}
			if (main.startsWith(LAUNCHERS)) {
				throw new NoCacheException(path + " is started by " + main);
			}
			key.with(path.toAbsolutePath().toString());
			withJars(key, jars(path, String.valueOf(attributes.getValue(Attributes.Name.CLASS_PATH))));
			return new Application(null, path, stamp, key.name(), ownPlace);
		}
	}

	private static List<Path> jars(Path jar, String classPath) {
		List<Path> jars = new ArrayList<>(List.of(jar));
		for (String name : classPath.split(" ")) {
			if (name.endsWith(".jar") && name.indexOf(':') < 0) {
				jars.add(jar.toAbsolutePath().resolveSibling(name));
			}
		}
		return jars;
	}

	private static Application ofClassPath(@Nullable String classPath, String main, CacheKey key, boolean ownPlace)
			throws NoCacheException, IOException {
		if (main.startsWith(LAUNCHERS)) {
			throw new NoCacheException("it is started by " + main);
		}
		List<Path> jars = new ArrayList<>();
		for (String entry : ((classPath != null) ? classPath : ".").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			if (!entry.isEmpty() && Files.exists(path) && !Files.isRegularFile(path)) {
				throw new NoCacheException("there are directories in its class path (" + path + ")");
			}
			if (entry.endsWith("*")) {
				throw new NoCacheException("there are wildcards in its class path (" + entry + ")");
			}
			jars.add(path);
		}
		withJars(key.with(main), jars);
		return new Application(null, null, "", key.name(), ownPlace);
	}

	private static void withJars(CacheKey key, List<Path> jars) throws IOException {
		for (Path jar : jars) {
			key.with(jar.toString());
			if (Files.isRegularFile(jar)) {
				// As the JVM knows it: another inode is no other jar
				key.with(Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis());
			}
		}
	}

	/**
	 * Return what can be told of a file without reading it.
	 * @param file the file or directory
	 * @return its identity, size and time
	 * @throws IOException if it is not there
	 */
	static String stamp(Path file) throws IOException {
		BasicFileAttributes attributes = Files.readAttributes(file.toRealPath(), BasicFileAttributes.class);
		return "%s %d %d".formatted(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime().toMillis());
	}

	/**
	 * Return whether the jar still is the one that was looked at.
	 * @return whether it is, as far as its size and times tell
	 */
	boolean isStillThere() {
		try {
			return this.file == null || stamp(this.file).equals(this.stamp);
		}
		catch (IOException ex) {
			return false;
		}
	}

}
