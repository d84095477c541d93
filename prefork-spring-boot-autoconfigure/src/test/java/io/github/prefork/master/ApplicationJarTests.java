package io.github.prefork.master;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import io.github.prefork.Build;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApplicationJar}.
 */
class ApplicationJarTests {

	@TempDir
	private Path directory;

	private final List<String> warnings = new ArrayList<>();

	private Path path;

	@BeforeEach
	void create() throws IOException {
		this.path = Files.writeString(this.directory.resolve("app.jar"), "one");
	}

	private ApplicationJar jar(Path path) {
		return new ApplicationJar(path, this.warnings::add);
	}

	@Test
	void lookTellsTheFile() throws IOException {
		Build build = jar(this.path).look();
		assertThat(build.file()).isEqualTo(this.path.toRealPath().toString());
		assertThat(build.size()).isEqualTo(3);
		assertThat(build.modified()).isEqualTo(Files.getLastModifiedTime(this.path).toInstant());
		assertThat(build.version()).isNull();
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void lookWhenJarWasReplacedByRenameTellsTheNewOne() throws IOException {
		ApplicationJar jar = jar(this.path);
		Path other = Files.writeString(this.directory.resolve("new.jar"), "twotwo");
		Files.move(other, this.path, StandardCopyOption.ATOMIC_MOVE);
		assertThat(jar.look().size()).isEqualTo(6);
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void lookWhenLinkWasSwitchedTellsTheNewTarget() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("current.jar"), this.path);
		ApplicationJar jar = jar(link);
		Path other = Files.writeString(this.directory.resolve("new.jar"), "twotwo");
		Path next = Files.createSymbolicLink(this.directory.resolve("next"), other);
		Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
		assertThat(jar.look().file()).isEqualTo(other.toRealPath().toString());
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void lookWhenJarWasOverwrittenWarnsOnce() throws IOException {
		ApplicationJar jar = jar(this.path);
		jar.look();
		Files.writeString(this.path, "twotwo");
		assertThat(jar.look().size()).isEqualTo(6);
		jar.look();
		assertThat(this.warnings).singleElement()
			.asString()
			.contains(this.path.toRealPath() + " was changed in place", "3 B", "6 B", "mv new.jar " + this.path);
		Files.writeString(this.path, "three-three");
		jar.look();
		assertThat(this.warnings).hasSize(2);
	}

	@Test
	void lookWhenThereIsNoFileIsUnknown() throws IOException {
		assertThat(jar(null).look()).isEqualTo(Build.UNKNOWN);
		ApplicationJar jar = jar(this.path);
		Files.delete(this.path);
		assertThat(jar.look()).isEqualTo(Build.UNKNOWN);
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void pathIsTheOneJarThatIsRun() {
		String jar = this.path.toString();
		assertThat(ApplicationJar.path(jar, List.of("-Xmx1g"))).isEqualTo(this.path);
		assertThat(ApplicationJar.path(jar, List.of("-cp", "other.jar"))).isNull();
		assertThat(ApplicationJar.path(jar, List.of("--class-path=other.jar"))).isNull();
		assertThat(ApplicationJar.path(this.directory.toString(), List.of())).isNull();
		assertThat(ApplicationJar.path(jar + ":" + this.directory, List.of())).isNull();
		assertThat(ApplicationJar.path("", List.of())).isNull();
		assertThat(ApplicationJar.path("a\0b", List.of())).isNull();
	}

}
