package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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

	private final Tool tool = new Tool(Duration.ofMinutes(1));

	private final CacheMaker maker = new CacheMaker(
			ChildCommandFactory.ofThisJvm(new ChildSettings(1, List.of(), List.of(), Map.of()),
					MemoryBudget.ofThisProcess(ChildHeap.SPLIT, 1), (line) -> {
					}),
			this.tool);

	private CacheEntry entry;

	private Path jar;

	@BeforeEach
	void makeJar() throws IOException {
		this.entry = new CacheEntry(this.directory.resolve("key"));
		CacheHome.makeOwn(this.entry.directory());
		this.jar = Extractor.writeJar(this.directory.resolve("app.jar"));
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

	@Test
	void archiveWhenTheFleetStopsKeepsTheRecording() throws Exception {
		Path recording = Files.writeString(this.entry.directory().resolve("recorded-1"), "classes");
		StartForm form = new StartForm(List.of(), List.of("-jar", this.jar.toString()));
		this.tool.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.maker.archive(this.entry, form, recording));
		assertThat(recording).hasContent("classes");
	}

	@Test
	void archiveWhenTheRecordingIsOfNoUseDeletesIt() throws Exception {
		Path recording = Files.writeString(this.entry.directory().resolve("recorded-1"), "classes");
		StartForm form = new StartForm(List.of(), List.of("-jar", this.jar.toString()));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.maker.archive(this.entry, form, recording))
			.withMessageStartingWith("it ended with exit code 1: ");
		assertThat(this.entry.directory()).isEmptyDirectory();
	}

	private Application application() throws Exception {
		return Extractor.application(this.jar);
	}

}
