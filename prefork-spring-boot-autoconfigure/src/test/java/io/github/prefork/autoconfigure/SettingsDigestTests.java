package io.github.prefork.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.prefork.PreforkRole;
import org.junit.jupiter.api.Test;

import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SettingsDigest}.
 */
class SettingsDigestTests {

	private final PreforkProperties.Child child = new PreforkProperties.Child();

	private Map<String, Long> of(String... pairs) {
		MockEnvironment environment = new MockEnvironment();
		for (int i = 0; i < pairs.length; i += 2) {
			environment.setProperty(pairs[i], pairs[i + 1]);
		}
		return SettingsDigest.of(environment, this.child);
	}

	@Test
	void namesAreCanonicalAndValuesCompared() {
		Map<String, Long> digests = of("prefork.boot-timeout", "60s", "prefork.child.environment.DB", "x", "other",
				"y");
		assertThat(digests).containsOnlyKeys("prefork.boot-timeout", "prefork.child.environment.db");
		assertThat(of("prefork.bootTimeout", "1m", "prefork.child.environment.DB", "x")).isEqualTo(digests);
		assertThat(of("prefork.boot-timeout", "61s").get("prefork.boot-timeout"))
			.isNotEqualTo(digests.get("prefork.boot-timeout"));
	}

	@Test
	void variablesCountAsTheirProperties() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
							Map.of("PREFORK_BOOTTIMEOUT", "60s", "PREFORK_SLOT", "3", "PREFORK_GENERATION", "1")));
		assertThat(SettingsDigest.of(environment, this.child)).isEqualTo(of("prefork.boot-timeout", "60s"));
	}

	@Test
	void whatDiffersByItselfIsLeftOut() {
		MockEnvironment environment = new MockEnvironment();
		environment.getPropertySources()
			.addFirst(new MapPropertySource(RolePropertySource.NAME,
					Map.of(RolePropertySource.ROLE, PreforkRole.CHILD.name(), RolePropertySource.SLOT, 1)));
		assertThat(SettingsDigest.of(environment, this.child)).isEmpty();
		assertThat(of("prefork.drain.idle-timeout", "2s", "prefork.child.on-master-death", "ignore")).isEmpty();
	}

	@Test
	void whatIsSetForTheChildrenAloneIsLeftOut() {
		this.child.setArgs(List.of("--prefork.drain.timeout=3s", "plain"));
		this.child.setJvmArgs(List.of("-Xmx1g", "-Dprefork.backlog=7"));
		this.child.setEnvironment(Map.of("PREFORK_MINREADY", "0"));
		assertThat(of("prefork.drain.timeout", "3s", "prefork.backlog", "7", "prefork.min-ready", "0",
				"prefork.children", "2"))
			.containsOnlyKeys("prefork.children");
	}

	@Test
	void listsAreOneProperty() {
		Map<String, Long> digests = of("prefork.child.jvm-args[0]", "-Xa", "prefork.child.jvm-args[1]", "-Xb");
		assertThat(digests).containsOnlyKeys("prefork.child.jvm-args")
			.isEqualTo(of("prefork.child.jvm-args", "-Xa,-Xb"));
		assertThat(of("prefork.child.jvm-args", "-Xb,-Xa")).isNotEqualTo(digests);
	}

	@Test
	void valueThatCannotBeBoundIsComparedAsItIs() {
		Map<String, Long> digests = of("prefork.backlog", "many", "prefork.boot-timeout", "${missing}");
		assertThat(digests).containsOnlyKeys("prefork.backlog", "prefork.boot-timeout");
		assertThat(of("prefork.backlog", "few").get("prefork.backlog")).isNotEqualTo(digests.get("prefork.backlog"));
	}

	@Test
	void sizeIsBounded() {
		String[] pairs = IntStream.range(0, 2000)
			.boxed()
			.flatMap((i) -> List.of("prefork.child.environment.VARIABLE" + i, "x").stream())
			.toArray(String[]::new);
		Consumer<String> names = (name) -> assertThat(name).startsWith("prefork.child.environment.");
		assertThat(of(pairs).keySet()).hasSizeBetween(300, 600).allSatisfy(names);
	}

}
