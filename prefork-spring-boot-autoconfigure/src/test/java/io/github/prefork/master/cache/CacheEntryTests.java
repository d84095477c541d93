package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.github.prefork.master.cache.CacheEntry.Content;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CacheEntry} and {@link Manifest}.
 */
class CacheEntryTests {

	private static final int SIZE = 1 << 20;

	@TempDir
	private Path directory;

	private CacheEntry entry;

	@BeforeEach
	void makeDirectory() throws IOException {
		this.entry = new CacheEntry(this.directory.resolve("key"));
		CacheHome.makeOwn(this.entry.directory());
	}

	@Test
	void verifyWhenNothingWasMadeIsNothing() throws IOException {
		assertThat(this.entry.verify()).isEqualTo(Content.NOTHING);
		assertThat(new CacheEntry(this.directory.resolve("other")).verify()).isEqualTo(Content.NOTHING);
	}

	@Test
	void verifyWhenItIsAsItWasMadeTellsWhatThereIs() throws IOException {
		makeLayout();
		assertThat(this.entry.verify()).isEqualTo(new Content(true, false));
		makeArchive();
		assertThat(this.entry.verify()).isEqualTo(new Content(true, true));
		assertThat(this.directory.resolve("key")).isDirectoryNotContaining("glob:**/.*");
	}

	@Test
	void verifyWhenTheArchiveIsBrokenThrows() throws IOException {
		makeLayout();
		makeArchive();
		Files.writeString(this.entry.archive(), "broken");
		assertBroken();
	}

	@Test
	void verifyWhenAJarWasTouchedThrows() throws IOException {
		makeLayout();
		Files.setLastModifiedTime(this.entry.layout().resolve("app.jar"), FileTime.fromMillis(1000));
		assertBroken();
	}

	@Test
	void verifyWhenAJarWasAddedThrows() throws IOException {
		makeLayout();
		Files.createFile(this.entry.layout().resolve("more.jar"));
		assertBroken();
	}

	@Test
	void verifyWhenSomebodyElseCanWriteThrows() throws IOException {
		makeLayout();
		Files.setPosixFilePermissions(this.entry.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
		assertBroken();
	}

	@Test
	void verifyWhenSomebodyElseCanWriteToAPartThrows() throws IOException {
		makeLayout();
		makeArchive();
		for (Path part : List.of(this.entry.layout(), this.entry.layout().resolve("app.jar"), this.entry.archive(),
				this.entry.directory().resolve("manifest"))) {
			Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(part);
			Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rwxrwxr-x"));
			assertBroken();
			Files.setPosixFilePermissions(part, permissions);
			assertThat(this.entry.verify()).isEqualTo(new Content(true, true));
		}
	}

	@Test
	void putKeepsOthersFromWritingWhateverTheUmask() throws IOException {
		Path made = Files.createDirectory(this.entry.temporary("app"));
		Path jar = Files.createFile(made.resolve("app.jar"));
		Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
		Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxrwxr-x"));
		this.entry.put(made, this.entry.layout());
		assertThat(this.entry.verify()).isEqualTo(new Content(true, false));
	}

	@Test
	void clearAndSweepLeaveNothingBehind() throws IOException {
		makeLayout();
		makeArchive();
		Files.createDirectories(this.entry.temporary("app").resolve("lib"));
		this.entry.sweep();
		assertThat(this.entry.temporary("app")).doesNotExist();
		this.entry.clear();
		assertThat(this.entry.directory()).isEmptyDirectory();
	}

	@Test
	void verifyWhenBadALongTimeAgoFailsUntilItIsCleared() throws IOException {
		makeLayout();
		this.entry.badMark().set();
		assertThat(this.entry.verify()).isEqualTo(new Content(true, false));
		Files.setLastModifiedTime(this.entry.badMark().file(),
				FileTime.from(Instant.now().minus(Duration.ofHours(25))));
		assertThatExceptionOfType(IOException.class).isThrownBy(this.entry::verify)
			.withMessageContaining("did not start with it before");
		this.entry.clear();
		assertThat(this.entry.verify()).isEqualTo(Content.NOTHING);
		assertThat(this.entry.directory()).isEmptyDirectory();
	}

	@Test
	void verifyReadsAnArchiveOnceAndAgainWhenItWasChanged() throws IOException {
		makeLayout();
		this.entry.put(Files.write(this.entry.temporary("archive"), new byte[SIZE]), this.entry.archive());
		assertThat(bytesReadByVerify()).as("summed up when it was made").isLessThan(SIZE);
		Files.setLastModifiedTime(this.entry.archive(), FileTime.fromMillis(1000));
		assertThat(this.entry.isUnread()).isTrue();
		assertThat(bytesReadByVerify()).isGreaterThan(SIZE);
		assertThat(this.entry.isUnread()).isFalse();
		assertThat(bytesReadByVerify()).isLessThan(SIZE);
	}

	private long bytesReadByVerify() throws IOException {
		long before = bytesRead();
		this.entry.verify();
		return bytesRead() - before;
	}

	// By this thread
	private static long bytesRead() throws IOException {
		String line = Files.readAllLines(Path.of("/proc/thread-self/io")).get(0);
		return Long.parseLong(line.substring("rchar: ".length()));
	}

	@Test
	void verifyWhenOnlyTheContentOfTheArchiveWasChangedThrows() throws IOException {
		makeLayout();
		makeArchive();
		FileTime time = Files.getLastModifiedTime(this.entry.archive());
		Awaitility.await("until the clock of the file system has moved on").until(() -> {
			Files.writeString(this.entry.archive(), "ARCHIVE");
			Files.setLastModifiedTime(this.entry.archive(), time);
			return this.entry.isUnread();
		});
		assertBroken();
	}

	private void makeLayout() throws IOException {
		Path made = Files.createDirectory(this.entry.temporary("app"));
		Files.writeString(made.resolve("app.jar"), "jar", StandardOpenOption.CREATE);
		this.entry.put(made, this.entry.layout());
	}

	private void makeArchive() throws IOException {
		this.entry.put(Files.writeString(this.entry.temporary("archive"), "archive"), this.entry.archive());
	}

	private void assertBroken() {
		assertThatExceptionOfType(IOException.class).isThrownBy(this.entry::verify);
	}

}
