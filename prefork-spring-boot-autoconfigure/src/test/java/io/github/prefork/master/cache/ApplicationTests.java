package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

import io.github.prefork.master.command.ChildStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Application}.
 */
class ApplicationTests {

	@TempDir
	private Path directory;

	@Test
	void lookWhenItIsAnExecutableJarExtractsIt() throws Exception {
		Path jar = TestJars.fat(this.directory.resolve("app.jar"), "one");
		Application application = Application.look(TestJars.ofJar(jar));
		assertThat(application.fatJar()).isEqualTo(jar);
		assertThat(application.key()).matches("[0-9a-f]{32}");
		assertThat(Application.look(TestJars.ofJar(jar, "-Xmx1g")).key()).isEqualTo(application.key());
		assertThat(Application.look(TestJars.ofJar(jar, "-XX:+UseZGC")).key()).isNotEqualTo(application.key());
	}

	@Test
	void keyWhenTheJarIsReplacedDiffers() throws Exception {
		Path jar = TestJars.fat(this.directory.resolve("app.jar"), "one");
		Application application = Application.look(TestJars.ofJar(jar));
		assertThat(application.isStillThere()).isTrue();
		Path next = TestJars.fat(this.directory.resolve("next.jar"), "two");
		Files.setLastModifiedTime(next, Files.getLastModifiedTime(jar));
		Files.move(next, jar, StandardCopyOption.REPLACE_EXISTING);
		assertThat(application.isStillThere()).isFalse();
		assertThat(Application.look(TestJars.ofJar(jar)).key()).isNotEqualTo(application.key());
	}

	@Test
	void keyWhenTheSameJarLiesElsewhereIsTheSame() throws Exception {
		Path jar = TestJars.fat(this.directory.resolve("app.jar"), "one");
		Path copy = Files.copy(jar, Files.createDirectory(this.directory.resolve("other")).resolve("app.jar"));
		assertThat(Application.look(TestJars.ofJar(copy)).key()).isEqualTo(Application.look(TestJars.ofJar(jar)).key());
	}

	@Test
	void lookWhenItIsExtractedAlreadyTakesItAsItIs() throws Exception {
		Path jar = TestJars.write(this.directory.resolve("app.jar"), "org.example.Main", Map.of());
		Path library = TestJars.write(Files.createDirectory(this.directory.resolve("lib")).resolve("one.jar"), "None",
				Map.of());
		Application application = Application.look(TestJars.ofJar(jar));
		assertThat(application.fatJar()).isNull();
		TestJars.write(library, "None", Map.of("more", "more"));
		assertThat(Application.look(TestJars.ofJar(jar)).key()).isNotEqualTo(application.key());
	}

	@Test
	void lookWhenItIsAClassPathOfJarsTakesItAsItIs() throws Exception {
		Path jar = TestJars.write(this.directory.resolve("app.jar"), "org.example.Main", Map.of());
		Application application = Application.look(classPath(jar + ":" + this.directory.resolve("missing.jar")));
		assertThat(application.fatJar()).isNull();
		assertThat(application.isStillThere()).isTrue();
	}

	@Test
	void lookWhenThereCanBeNoCacheSaysWhy() throws IOException {
		Path properties = TestJars.write(this.directory.resolve("p.jar"),
				"org.springframework.boot.loader.launch.PropertiesLauncher", Map.of());
		Path withoutTools = TestJars.write(this.directory.resolve("t.jar"), TestJars.LAUNCHER, Map.of());
		assertNone(TestJars.ofJar(properties), "PropertiesLauncher");
		assertNone(TestJars.ofJar(withoutTools), "spring-boot-jarmode-tools is not in");
		assertNone(TestJars.ofJar(withoutTools, "-XX:AOTCache=a.aot"), "an archive of its own");
		assertNone(classPath(this.directory.toString()), "directories in its class path");
		assertNone(classPath("lib/*"), "wildcards");
		assertNone(TestJars.start(List.of("Main"), null), "directories in its class path");
		assertNone(TestJars.start(List.of("-m", "one/Main"), null), "modules");
		assertNone(TestJars.start(List.of(TestJars.LAUNCHER), properties.toString()), "started by");
	}

	private static ChildStart classPath(String classPath) {
		return TestJars.start(List.of("org.example.Main"), classPath);
	}

	private static void assertNone(ChildStart start, String reason) {
		assertThatExceptionOfType(NoCacheException.class).isThrownBy(() -> Application.look(start))
			.withMessageContaining(reason);
	}

}
