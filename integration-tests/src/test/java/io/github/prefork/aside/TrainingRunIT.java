package io.github.prefork.aside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.prefork.aside.app.AsideApplication;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run that records the classes of an application, and the fleet that uses the record.
 */
class TrainingRunIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void archiveWhenTrainedIsUsedByMasterAndChildren() throws Exception {
		Path jar = ApplicationJar.of(AsideApplication.class).write(this.directory.resolve("application.jar"));
		boolean cache = Runtime.version().feature() >= 25;
		Path archive = this.directory.resolve(cache ? "application.aot" : "application.jsa");
		train(jar, (cache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive);
		assertThat(archive).isNotEmptyFile();
		FleetProcess fleet = this.fleets.jar(jar)
			.jvmOptions((cache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + archive)
			.args("--prefork.children=1", "--prefork.startup-cache=auto")
			.start();
		Expecting.started(fleet);
		Expecting.line(fleet, "Children are started .*: it has an archive of its own");
		assertThat(fleet.get("/")).isEqualTo("CHILD 0 " + fleet.childPids().get(0));
		assertThat(fleet.livePids()).hasSize(2).allMatch((pid) -> hasMapped(pid, archive));
	}

	private void train(Path jar, String option) throws Exception {
		FleetProcess training = this.fleets.jar(jar)
			.jvmOptions(option, "-Dspring.context.exit=onRefresh")
			.args("--prefork.children=1")
			.start();
		assertThat(training.awaitExit(Expecting.START)).isZero();
		assertThat(Expecting.reasons(training))
			.containsExactly("INFO this is a training run (spring.context.exit=onRefresh)");
		assertThat(Expecting.linesOf(training, "says: eager bean created")).hasSize(1);
		assertThat(Expecting.linesOf(training, "launched")).isEmpty();
	}

	private static boolean hasMapped(long pid, Path file) {
		try {
			return Files.readString(Path.of("/proc/" + pid + "/maps")).contains(file.toString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
