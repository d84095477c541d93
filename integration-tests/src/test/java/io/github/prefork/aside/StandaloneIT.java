package io.github.prefork.aside;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.prefork.aside.app.AsideApplication;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that can't be or do not want to be a master work as without prefork.
 */
class StandaloneIT {

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@Test
	void applicationWhenItCannotBeMasterWorksAlone() throws Exception {
		Path plain = ApplicationJar.of(AsideApplication.class).write(this.directory.resolve("plain.jar"));
		Path mvc = ApplicationJar.of(AsideApplication.class)
			.with("spring-webmvc", "spring-boot-webmvc", "spring-boot-servlet", "spring-boot-http-converter",
					"spring-boot-tomcat", "tomcat-embed")
			.write(this.directory.resolve("mvc.jar"));
		Path tomcat = ApplicationJar.of(AsideApplication.class, "netty")
			.with("spring-boot-servlet", "spring-boot-tomcat", "tomcat-embed")
			.write(this.directory.resolve("tomcat.jar"));
		List<FleetProcess> started = new ArrayList<>();
		FleetProcess servlet = start(started, mvc);
		FleetProcess withoutNetty = start(started, tomcat);
		FleetProcess notServing = start(started, plain, "--spring.main.web-application-type=none");
		FleetProcess excluding = start(started, plain,
				"--spring.autoconfigure.exclude=io.github.prefork.autoconfigure.PreforkAutoConfiguration");
		FleetProcess disabled = start(started, plain, "--prefork.enabled=false");
		started.forEach(Expecting::started);
		assertThat(Expecting.reasons(servlet))
			.containsExactly("WARN this is a servlet application, and prefork needs WebFlux on Reactor Netty");
		assertThat(Expecting.reasons(withoutNetty))
			.containsExactly("WARN Reactor Netty (spring-boot-starter-reactor-netty) is not on the class path");
		assertThat(Expecting.reasons(notServing)).isEmpty();
		assertThat(Expecting.reasons(excluding)).containsExactly("INFO PreforkAutoConfiguration is excluded");
		assertThat(Expecting.reasons(disabled)).containsExactly("INFO prefork.enabled=false");
		for (FleetProcess application : started) {
			assertThat(Expecting.linesOf(application, "says: eager bean created")).hasSize(1);
			assertThat(Expecting.warnings(application)).hasSameSizeAs(
					Expecting.reasons(application).stream().filter((reason) -> reason.startsWith("WARN")).toList());
		}
		assertThat(notServing.awaitExit(Expecting.STOP)).isZero();
		for (FleetProcess application : List.of(servlet, withoutNetty, excluding, disabled)) {
			assertThat(application.livePids()).containsExactly(application.pid());
			assertThat(application.get("/")).isEqualTo("STANDALONE 0 " + application.pid());
		}
	}

	private FleetProcess start(List<FleetProcess> started, Path jar, String... args) throws IOException {
		FleetProcess process = this.fleets.jar(jar).port(Expecting.OWN_PORT).args(args).start();
		started.add(process);
		return process;
	}

}
