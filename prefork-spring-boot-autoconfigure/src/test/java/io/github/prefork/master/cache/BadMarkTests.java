package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BadMark}.
 */
class BadMarkTests {

	@TempDir
	private Path directory;

	@Test
	void isValidAndOverWhenNotSetAreFalse() {
		assertThat(mark().isValid()).isFalse();
		assertThat(mark().isOver()).isFalse();
	}

	@Test
	void setIsSeenByOthers() throws IOException {
		mark().set();
		mark().set();
		assertThat(mark().isValid()).isTrue();
		assertThat(mark().isOver()).isFalse();
	}

	@Test
	void isOverAfterADay() throws IOException {
		mark().set();
		age(Duration.ofHours(23));
		assertThat(mark().isValid()).isTrue();
		assertThat(mark().isOver()).isFalse();
		age(Duration.ofHours(25));
		assertThat(mark().isValid()).isFalse();
		assertThat(mark().isOver()).isTrue();
	}

	@Test
	void setWhenOverStartsAnew() throws IOException {
		mark().set();
		age(Duration.ofHours(25));
		mark().set();
		assertThat(mark().isValid()).isTrue();
	}

	@Test
	void setWhenTheCacheWasDeletedDoesNothing() throws IOException {
		Files.delete(this.directory);
		mark().set();
		assertThat(this.directory).doesNotExist();
	}

	private BadMark mark() {
		return new BadMark(this.directory.resolve("bad"));
	}

	private void age(Duration time) throws IOException {
		Files.setLastModifiedTime(mark().file(), FileTime.from(Instant.now().minus(time)));
	}

}
