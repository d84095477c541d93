package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
	void optionsNameAFileInTheCacheThatNoOtherMasterNames() {
		Recordings recordings = new Recordings(new CacheEntry(this.directory));
		List<String> options = recordings.options(2);
		String option = CacheEntry.AOT ? "-XX:AOTConfiguration=" : "-XX:DumpLoadedClassList=";
		assertThat(options).anyMatch((each) -> each.startsWith(option + this.directory.resolve("recorded-")));
		assertThat(recordings.options(2)).isNotEqualTo(options);
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_25)
	void sweepDeletesWhatHasBeenEmptyForLong() throws IOException {
		Recordings recordings = new Recordings(new CacheEntry(this.directory));
		FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
		Path begun = Files.createFile(this.directory.resolve("recorded-1"));
		Path complete = Files.writeString(this.directory.resolve("recorded-2"), "classes");
		Files.setLastModifiedTime(complete, longAgo);
		Path forgotten = Files.createFile(this.directory.resolve("recorded-3"));
		Files.setLastModifiedTime(forgotten, longAgo);
		recordings.sweep();
		assertThat(this.directory).isDirectoryContaining(begun::equals)
			.isDirectoryContaining(complete::equals)
			.isDirectoryNotContaining(forgotten::equals);
	}

	@Test
	void madeClassesAreThoseOfAllLists() throws IOException {
		Recordings recordings = new Recordings(new CacheEntry(this.directory));
		assertThat(recordings.madeClasses()).isEmpty();
		Files.writeString(this.directory.resolve("recorded-1"), "a/B\n@lambda-proxy a/B run ()V\n");
		Files.writeString(this.directory.resolve("recorded-2"),
				"@lambda-proxy a/B run ()V\n@lambda-form-invoker [LF_RESOLVE] x y z\n@lambda-proxy a");
		assertThat(recordings.madeClasses()).containsExactlyInAnyOrder("@lambda-proxy a/B run ()V",
				"@lambda-form-invoker [LF_RESOLVE] x y z");
	}

	@Test
	void classesAreReadWhateverTheNamesAreWrittenIn() throws IOException {
		Path list = this.directory.resolve("trained");
		Files.write(list, "a/B id: 0\n@lambda-proxy \u00e9/B run ()V\n@lambda-proxy a/B run ()V\n"
			.getBytes(StandardCharsets.ISO_8859_1));
		assertThat(Recordings.classes(list)).containsExactly("a/B", "@lambda-proxy a/B run ()V");
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_24)
	void listsAreEnoughAfterSomeAndForgottenAfterLong() throws IOException {
		Recordings recordings = new Recordings(new CacheEntry(this.directory));
		for (int i = 0; i < 3; i++) {
			assertThat(recordings.suffice()).isFalse();
			Files.writeString(this.directory.resolve("recorded-" + i), "a/B\n");
		}
		assertThat(recordings.suffice()).isTrue();
		Files.setLastModifiedTime(this.directory.resolve("recorded-1"),
				FileTime.from(Instant.now().minus(Duration.ofDays(8))));
		recordings.sweep();
		assertThat(this.directory).isDirectoryNotContaining("glob:**recorded-1");
		assertThat(recordings.suffice()).isFalse();
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
