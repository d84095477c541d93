package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Recordings}.
 */
class RecordingsTests {

	@TempDir
	private Path directory;

	@Test
	void optionsNameAFileInTheCache() {
		assertThat(new Recordings(new CacheEntry(this.directory)).options("1-2")).contains("-XX:AOTMode=record",
				"-XX:AOTConfiguration=" + this.directory.resolve("recorded-1-2"));
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void findPassesOverThoseThatWereOnlyBegun() throws IOException {
		Recordings recordings = new Recordings(new CacheEntry(this.directory));
		assertThat(recordings.find()).isNull();
		Files.createFile(this.directory.resolve("recorded-1"));
		assertThat(recordings.find()).isNull();
		Path complete = Files.writeString(this.directory.resolve("recorded-2"), "classes");
		assertThat(recordings.find()).isEqualTo(complete);
		recordings.clear();
		assertThat(this.directory).isEmptyDirectory();
	}

}
