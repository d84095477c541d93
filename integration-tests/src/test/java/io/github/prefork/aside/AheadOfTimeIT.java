package io.github.prefork.aside;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.github.prefork.aside.app.AsideApplication;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.Fleets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that the build has processed ahead of time.
 */
class AheadOfTimeIT {

	private static final String PROCESSOR = "org.springframework.boot.SpringApplicationAotProcessor";

	private static final String EXPOSED = "--management.endpoints.web.exposure.include=*";

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void applicationWhenProcessedAheadOfTimeIsAFleet() throws Exception {
		Path jar = process();
		FleetProcess alone = start(jar).port(Expecting.OWN_PORT).args("--prefork.enabled=false").start();
		FleetProcess fleet = start(jar).args("--prefork.children=2").start();
		Expecting.started(fleet);
		assertFleet(fleet);
		assertThat(alone.get("/")).isEqualTo("STANDALONE 0 " + alone.pid());
		assertThat(Expecting.reasons(alone)).containsExactly("INFO prefork.enabled=false");
		says(alone, alone.pid(), "runner ran", "runner elsewhere ran");
		assertThat(Expecting.linesOf(alone, "says: ")).hasSize(3)
			.allMatch((line) -> line.endsWith("eager bean created") || line.endsWith("runner ran")
					|| line.endsWith("runner elsewhere ran"));
	}

	private static void assertFleet(FleetProcess fleet) throws Exception {
		Expecting.line(fleet, "All 2 children are ready");
		List<Long> children = fleet.childPids();
		assertThat(children).hasSize(2);
		// An application is started before its runners have run
		says(fleet, fleet.pid(), "runner of the master ran", "job of the master ran", "heard MasterReady");
		for (long child : children) {
			says(fleet, child, "eager bean created", "runner ran", "runner elsewhere ran");
		}
		assertThat(Expecting.linesOf(fleet, ": Starting AOT-processed ")).hasSize(3);
		assertThat(fleet.get("/")).startsWith("CHILD ");
		// Nobody but the master has the management port, and the master is lazy
		assertThat(Expecting.linesOf(fleet, "Exposing ")).singleElement().asString().contains(" " + fleet.pid() + " ");
		assertThat(pidsThatSay(fleet, "eager bean created")).containsExactlyInAnyOrderElementsOf(children);
		assertThat(pidsThatSay(fleet, "runner ran")).containsExactlyInAnyOrderElementsOf(children);
		assertThat(pidsThatSay(fleet, "runner elsewhere ran")).containsExactlyInAnyOrderElementsOf(children);
		assertThat(pidsThatSay(fleet, "runner of the master ran")).containsExactly(fleet.pid());
		assertThat(pidsThatSay(fleet, "job of the master ran")).containsExactly(fleet.pid());
		assertThat(pidsThatSay(fleet, "heard MasterReady")).containsExactly(fleet.pid());
		assertThat(fleet.metric("prefork.children.desired")).hasValue(2);
		assertThat(fleet.manage("GET", "/actuator/prefork", null).body()).contains("\"role\":\"MASTER\"");
		assertThat(fleet.manage("POST", "/actuator/prefork/recycle?slot=2", null).status()).isEqualTo(400);
		Expecting.line(fleet, "  - runners, which a replacement calls again: eager. ");
		assertThat(Expecting.linesOf(fleet, "Each of the 2 children runs ")).hasSize(1);
		fleet.signal(children.get(0), "KILL");
		Expecting.line(fleet, fleet.pid() + " says: heard ChildRecovered.* oldPid=" + children.get(0) + ",");
		Awaitility.await()
			.atMost(Expecting.START)
			.untilAsserted(() -> assertThat(fleet.metric("prefork.recoveries")).hasValue(1));
		fleet.signal(fleet.pid(), "TERM");
		assertThat(fleet.awaitExit(Expecting.STOP)).isEqualTo(143);
		fleet.awaitNoProcess(Expecting.STOP);
	}

	private static void says(FleetProcess fleet, long pid, String... texts) {
		for (String text : texts) {
			Expecting.line(fleet, "^" + pid + " says: " + text);
		}
	}

	private static List<Long> pidsThatSay(FleetProcess fleet, String text) {
		return Expecting.linesOf(fleet, "says: " + text)
			.stream()
			.map((line) -> Long.valueOf(line.split(" ")[0]))
			.toList();
	}

	private FleetProcessBuilder start(Path jar) {
		return this.fleets.jar(jar).jvmOptions("-Dspring.aot.enabled=true").args(EXPOSED);
	}

	private Path process() throws Exception {
		ApplicationJar application = ApplicationJar.of(AsideApplication.class);
		Path plain = application.write(this.directory.resolve("plain.jar"));
		Path sources = Files.createDirectory(this.directory.resolve("sources"));
		Path resources = Files.createDirectory(this.directory.resolve("resources"));
		Path classes = Files.createDirectory(this.directory.resolve("classes"));
		// Conditions are evaluated now, so the management port must be another one now
		run(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
				"-XX:TieredStopAtLevel=1", "-cp", plain.toString(), PROCESSOR, AsideApplication.class.getName(),
				sources.toString(), resources.toString(), classes.toString(), "group", "artifact",
				"--management.server.port=0", EXPOSED);
		compile(plain, sources, classes);
		return application.withClasses(classes, resources).write(this.directory.resolve("aot.jar"));
	}

	private void run(String... command) throws IOException, InterruptedException {
		Path output = this.directory.resolve("processing.log");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor()).as(() -> read(output)).isZero();
			assertThat(read(output)).contains("Prefork is not active: the application is processed ahead of time");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void compile(Path jar, Path sources, Path classes) throws IOException {
		List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-parameters", "-d",
				classes.toString(), "-cp", jar + File.pathSeparator + classes));
		try (Stream<Path> files = Files.walk(sources)) {
			files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
		}
		assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
			.isZero();
	}

}
