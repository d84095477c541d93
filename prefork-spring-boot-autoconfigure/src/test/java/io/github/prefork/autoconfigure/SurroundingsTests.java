package io.github.prefork.autoconfigure;

import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.role.Assignments;
import io.github.prefork.autoconfigure.role.Decision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Surroundings} and the platforms on which a role depends.
 */
class SurroundingsTests {

	private static final Platform LINUX = new Platform("Linux", true, false, "", true);

	private static final Platform WITHOUT_LIBRARY = new Platform("Linux", true, false, "no library", true);

	private static final Platform MUSL = new Platform("Linux", true, true, "no ld-linux-x86-64.so.2", true);

	private static final Platform WINDOWS = new Platform("Windows Server 2025", false, false, "it needs Linux", false);

	private final MockEnvironment environment = new MockEnvironment().withProperty("prefork.skip.in-tests", "false");

	@ParameterizedTest
	@ValueSource(strings = { "reuseport", "shared", "child-bound" })
	void readWhenPlatformHasEverythingIsMaster(String listener) {
		this.environment.setProperty("prefork.listener", listener);
		assertThat(decide(LINUX).role()).isEqualTo(PreforkRole.MASTER);
	}

	@Test
	void readWhenListenersCannotBePassedIsMasterAllTheSame() {
		assertThat(decide(WITHOUT_LIBRARY).role()).isEqualTo(PreforkRole.MASTER);
	}

	@Test
	void readWhenMuslIsStandaloneAndNamesWhatIsMissing() {
		assertStandalone(MUSL, "musl", "ld-linux-x86-64.so.2");
	}

	@Test
	void readWhenMuslAndChildBoundIsWantedIsMaster() {
		this.environment.setProperty("prefork.listener", "child-bound");
		assertThat(decide(MUSL).role()).isEqualTo(PreforkRole.MASTER);
	}

	@Test
	void readWhenWindowsIsStandaloneAndNamesIt() {
		assertStandalone(WINDOWS, "needs Linux", "Windows Server 2025");
	}

	@Test
	void readWhenRequiredFailsAndNamesWhatIsMissing() {
		this.environment.setProperty("prefork.required", "true");
		assertThatExceptionOfType(PreforkException.class).isThrownBy(() -> decide(WINDOWS))
			.withMessageContaining("prefork.required=true")
			.withMessageContaining("Windows Server 2025");
		assertThatExceptionOfType(PreforkException.class).isThrownBy(() -> decide(MUSL)).withMessageContaining("musl");
		assertThat(decide(WITHOUT_LIBRARY).role()).isEqualTo(PreforkRole.MASTER);
	}

	@Test
	void readWhenSwitchedOffDoesNotLookAtThePlatform() {
		this.environment.setProperty("prefork.enabled", "false");
		Surroundings surroundings = new Surroundings(application(), new UserSettings(this.environment), false, () -> {
			throw new AssertionError("loads the native library");
		});
		assertThat(Assignments.decide(surroundings.read()).reason()).contains("prefork.enabled=false");
	}

	private void assertStandalone(Platform platform, String... reasons) {
		Decision decision = decide(platform);
		assertThat(decision.role()).isEqualTo(PreforkRole.STANDALONE);
		assertThat(Assignments.isWarning(decision)).isTrue();
		assertThat(decision.reason()).contains(reasons);
	}

	private Decision decide(Platform platform) {
		return Assignments
			.decide(new Surroundings(application(), new UserSettings(this.environment), false, () -> platform).read());
	}

	private static SpringApplication application() {
		SpringApplication application = new SpringApplication();
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		return application;
	}

}
