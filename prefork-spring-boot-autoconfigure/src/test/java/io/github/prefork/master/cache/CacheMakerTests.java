package io.github.prefork.master.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import io.github.prefork.master.cache.CacheEntry.Content;
import io.github.prefork.master.command.ChildCommandFactory;
import io.github.prefork.master.command.ChildSettings;
import io.github.prefork.master.command.StartForm;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.MemoryBudget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CacheMaker} with a real JVM.
 */
class CacheMakerTests {

	@TempDir
	private Path directory;

	private final CacheMaker maker = new CacheMaker(
			ChildCommandFactory.ofThisJvm(new ChildSettings(1, List.of(), List.of(), Map.of()),
					MemoryBudget.ofThisProcess(ChildHeap.SPLIT, 1)),
			new Tool());

	private CacheEntry entry;

	private Path jar;

	@BeforeEach
	void makeJar() throws IOException {
		this.entry = new CacheEntry(this.directory.resolve("key"));
		CacheHome.makeOwn(this.entry.directory());
		this.jar = this.directory.resolve("app.jar");
		String name = Extractor.class.getName().replace('.', '/') + ".class";
		Manifest manifest = new Manifest();
		manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
		manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Extractor.class.getName());
		try (OutputStream out = Files.newOutputStream(this.jar);
				JarOutputStream zip = new JarOutputStream(out, manifest);
				InputStream in = getClass().getClassLoader().getResourceAsStream(name)) {
			zip.putNextEntry(new JarEntry(name));
			in.transferTo(zip);
		}
	}

	@Test
	void extractWhenAnUnfinishedLayoutWasLeftReplacesIt() throws Exception {
		Files.createDirectories(this.entry.layout().resolve("lib"));
		this.maker.extract(this.entry, application());
		assertThat(this.entry.layout().resolve("lib")).doesNotExist();
		assertThat(this.entry.verify()).isEqualTo(new Content(true, false));
	}

	@Test
	void extractWhenTheJarWasReplacedMeanwhileKeepsNothing() throws Exception {
		Application application = application();
		Files.writeString(this.directory.resolve("replace"), "");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.maker.extract(this.entry, application))
			.withMessageContaining("was replaced");
		assertThat(this.entry.directory()).isEmptyDirectory();
	}

	@Test
	void trainLeavesThePidFileOfTheMasterAlone() throws Exception {
		this.maker.train(this.entry, new StartForm(List.of(), List.of("-jar", this.jar.toString())), List.of());
		assertThat(Files.readAllLines(this.directory.resolve("arguments")))
			.filteredOn((argument) -> argument.startsWith("--spring.pid.file="))
			.last()
			.asString()
			.contains(this.entry.directory().toString());
		assertThat(this.entry.directory()).isEmptyDirectory();
	}

	private Application application() throws Exception {
		Application ordinary = Application.look(TestJars.ofJar(this.jar));
		return new Application(this.jar, this.jar, ordinary.stamp(), ordinary.key());
	}

	/**
	 * In the place of Spring Boot's tools.
	 */
	public static final class Extractor {

		private Extractor() {
		}

		public static void main(String[] args) throws IOException {
			Path jar = Path.of(System.getProperty("java.class.path"));
			if (!List.of(args).contains("extract")) {
				Files.write(jar.resolveSibling("arguments"), List.of(args));
				return;
			}
			Path destination = Files.createDirectory(Path.of(args[args.length - 1]));
			Files.copy(jar, destination.resolve(jar.getFileName()));
			if (Files.exists(jar.resolveSibling("replace"))) {
				Files.move(jar.resolveSibling("replace"), jar, StandardCopyOption.REPLACE_EXISTING);
			}
		}

	}

}
