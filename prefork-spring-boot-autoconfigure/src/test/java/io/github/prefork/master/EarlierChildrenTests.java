package io.github.prefork.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EarlierChildren}.
 */
class EarlierChildrenTests {

	private static final String COMMAND = "java\0-jar\0app.jar\0";

	@TempDir
	private Path proc;

	@BeforeEach
	void startMaster() throws IOException {
		process(50, 1, "/srv", COMMAND);
		Files.createFile(this.proc.resolve("uptime"));
	}

	@Test
	void findWhenMasterHasDiedFindsItsChildrenUntilTheyEnd() throws IOException {
		child(41, 1, 40, "/srv", "0");
		child(42, 1, 40, "/srv", "1-2");
		EarlierChildren children = EarlierChildren.find(this.proc, 50);
		assertThat(children.fileLabels()).containsOnly("0", "1-2");
		Files.delete(this.proc.resolve("41/cmdline"));
		assertThat(children.fileLabels()).containsOnly("1-2");
	}

	@Test
	void findWhenPidOfTheDeadMasterIsTakenFindsItsChildren() throws IOException {
		process(40, 1, "/srv", "sleep\0");
		child(41, 1, 40, "/srv", "0");
		child(43, 1, 50, "/srv", "1");
		assertThat(EarlierChildren.find(this.proc, 50).fileLabels()).containsOnly("0", "1");
	}

	@Test
	void findWhenTheSameFleetStillStopsFindsItsChildren() throws IOException {
		process(40, 1, "/srv", COMMAND);
		process(41, 40, "/srv", "wrapper\0");
		child(42, 41, 40, "/srv", "0");
		assertThat(EarlierChildren.find(this.proc, 50).fileLabels()).containsOnly("0");
	}

	@Test
	void findWhenFleetIsAnotherLeavesItAlone() throws IOException {
		process(40, 1, "/srv", "java\0-jar\0other.jar\0");
		child(41, 40, 40, "/srv", "0");
		child(42, 1, 39, "/elsewhere", "1");
		child(51, 50, 50, "/srv", "2");
		process(52, 1, "/srv", "java\0Main\0");
		assertThat(EarlierChildren.find(this.proc, 50).fileLabels()).isEmpty();
	}

	@Test
	void findWhenThereIsNoSuchDirectoryFindsNobody() {
		assertThat(EarlierChildren.find(this.proc.resolve("none"), 50).fileLabels()).isEmpty();
	}

	private void child(long pid, long parent, long master, String directory, String label) throws IOException {
		process(pid, parent, directory, "java\0-Dio.github.prefork.launched-by=" + master
				+ "\0-Dio.github.prefork.file-label=" + label + "\0-jar\0app.jar\0");
	}

	private void process(long pid, long parent, String directory, String command) throws IOException {
		Path process = Files.createDirectory(this.proc.resolve(String.valueOf(pid)));
		Files.writeString(process.resolve("cmdline"), command);
		Files.writeString(process.resolve("status"), "Name:\tjava\nPPid:\t" + parent + "\n");
		Files.createSymbolicLink(process.resolve("cwd"), Path.of(directory));
	}

}
