package io.github.prefork.aside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.prefork.aside.app.AsideApplication;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with DevTools.
 */
class DevToolsIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	private Path classes;

	private Path jar;

	@BeforeEach
	void write() throws IOException {
		this.classes = Files.createDirectory(this.directory.resolve("classes"));
		this.jar = ApplicationJar.of(AsideApplication.class)
			.with("spring-boot-devtools")
			.withClassesIn(this.classes)
			.write(this.directory.resolve("application.jar"));
	}

	@Test
	void applicationWhenRestartedByDevToolsStandsAlone() throws Exception {
		FleetProcess application = start().port(Expecting.OWN_PORT).start();
		Expecting.started(application);
		int known = application.output().size();
		Files.writeString(this.classes.resolve("changed.properties"), "changed=true");
		Expecting.line(application, " " + application.pid() + " --- \\[ *restartedMain].*: Started \\w+ in ", known);
		assertThat(application.livePids()).containsExactly(application.pid());
		assertThat(Expecting.reasons(application)).singleElement()
			.asString()
			.startsWith("INFO DevTools restarts the application")
			.contains("-Dspring.devtools.restart.enabled=false");
		assertThat(Expecting.linesOf(application, "says: eager bean created")).hasSize(2);
		assertThat(Expecting.warnings(application)).isEmpty();
	}

	@Test
	void applicationWhenRestartIsSwitchedOffIsAFleet() throws Exception {
		FleetProcess fleet = start().jvmOptions("-Dspring.devtools.restart.enabled=false")
			.args("--prefork.children=2", "--spring.devtools.livereload.enabled=true")
			.start();
		Expecting.started(fleet);
		assertThat(fleet.get("/")).startsWith("CHILD ");
		int known = fleet.output().size();
		Files.writeString(this.classes.resolve("changed.properties"), "changed=true");
		fleet.signal(fleet.childPids().get(0), "KILL");
		Expecting.line(fleet, "says: heard ChildRecovered", known);
		assertThat(Expecting.linesOf(fleet, "LiveReload")).isEmpty();
		assertThat(Expecting.linesOf(fleet, "restartedMain")).isEmpty();
		assertThat(Expecting.linesOf(fleet, ": Started ")).hasSize(4);
	}

	private FleetProcessBuilder start() {
		return this.fleets.jar(this.jar);
	}

}
