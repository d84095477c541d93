package io.github.prefork.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import io.github.prefork.channel.ToMaster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildDescription}.
 */
class ChildDescriptionTests {

	@TempDir
	private Path directory;

	private ToMaster.Described describe(String... properties) {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			TestPropertyValues.of(properties).applyTo(context);
			return ChildDescription.of(context, new PreforkProperties());
		}
	}

	private String buildInfo(String content) throws IOException {
		return "spring.info.build.location="
				+ Files.writeString(this.directory.resolve("build-info.properties"), content).toUri();
	}

	@Test
	void ofWhenNothingIsKnownIsEmpty() {
		assertThat(describe()).isEqualTo(new ToMaster.Described("", 0, Map.of()));
	}

	@Test
	void ofReadsBuildInfo() throws IOException {
		ToMaster.Described described = describe(buildInfo("build.version=1.2.0\nbuild.time=2026-11-26T10\\:00\\:00Z\n"),
				"prefork.children=2");
		assertThat(described.version()).isEqualTo("1.2.0");
		assertThat(described.buildTime()).isEqualTo(Instant.parse("2026-11-26T10:00:00Z").toEpochMilli());
		assertThat(described.settings()).containsOnlyKeys("prefork.children");
	}

	@Test
	void ofPrefersTheVersionThatSpringBootHasFound() throws IOException {
		assertThat(describe(buildInfo("build.version=1.2.0"), "spring.application.version=1.3.0").version())
			.isEqualTo("1.3.0");
	}

	@Test
	void ofWhenBuildInfoIsOddTakesWhatItCan() throws IOException {
		assertThat(describe(buildInfo("build.version=" + "9".repeat(300) + "\nbuild.time=yesterday\n")))
			.isEqualTo(new ToMaster.Described("9".repeat(200), 0, Map.of()));
	}

}
