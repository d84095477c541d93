package io.github.prefork.master.cache;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import io.github.prefork.ChildCommand;
import io.github.prefork.master.command.ChildStart;

/**
 * Small jars, and ways to start them.
 */
final class TestJars {

	static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

	static final String TOOLS = "BOOT-INF/lib/spring-boot-jarmode-tools-4.1.1.jar";

	private TestJars() {
	}

	static Path write(Path jar, String main, Map<String, String> entries) throws IOException {
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
		manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/one.jar");
		try (OutputStream out = Files.newOutputStream(jar); JarOutputStream zip = new JarOutputStream(out, manifest)) {
			for (Map.Entry<String, String> entry : entries.entrySet()) {
				zip.putNextEntry(new JarEntry(entry.getKey()));
				zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
			}
		}
		return jar;
	}

	static Path fat(Path jar, String content) throws IOException {
		return write(jar, LAUNCHER, Map.of(TOOLS, content));
	}

	static ChildStart start(List<String> target, String classPath, String... options) {
		return new ChildStart(new ChildCommand(0, 0, List.of("java"), Map.of()), target, classPath, List.of(options),
				List.of());
	}

	static ChildStart ofJar(Path jar, String... options) {
		return start(List.of("-jar", jar.toString()), null, options);
	}

}
