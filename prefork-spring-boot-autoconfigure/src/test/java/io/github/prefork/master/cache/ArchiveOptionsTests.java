package io.github.prefork.master.cache;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArchiveOptions}.
 */
class ArchiveOptionsTests {

	@Test
	void ofKeepsWhatAnArchiveHasToAgreeWith() {
		assertThat(ArchiveOptions.of(List.of("-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1", "-Xmx1g",
				"-XX:MaxRAMPercentage=50", "-XX:MaxHeapSize=1g", "-XX:ErrorFile=error-0-%p.log",
				"-XX:HeapDumpPath=/tmp", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxDirectMemorySize=1m", "-Dname=value",
				"-javaagent:a.jar", "-Xlog:gc:file=gc.log", "-XX:+UseCompactObjectHeaders", "--enable-preview",
				"-XX:TieredStopAtLevel=1", "--add-opens=java.base/java.lang=ALL-UNNAMED",
				"--enable-native-access=ALL-UNNAMED", "--class-path=a.jar")))
			.containsExactly("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "--enable-preview",
					"--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Xmx32g", "-Xmx40000m", "-XX:MaxHeapSize=34359738368", "-Xmx1T" })
	void ofWhenTheHeapIsTooLargeForCompressedReferencesSwitchesThemOff(String option) {
		assertThat(ArchiveOptions.of(List.of("-Xmx1g", option))).containsExactly("-XX:-UseCompressedOops");
		assertThat(ArchiveOptions.of(List.of(option, "-Xmx31g"))).isEmpty();
		assertThat(ArchiveOptions.of(List.of(option, "-XX:+UseCompressedOops")))
			.containsExactly("-XX:+UseCompressedOops");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:SharedArchiveFile=a.jsa", "-XX:AOTCache=a.aot", "-XX:AOTMode=off", "-Xshare:off",
			"-XX:+AutoCreateSharedArchive", "-XX:ArchiveClassesAtExit=a.jsa", "--module-path=mods", "-p",
			"--patch-module=java.base=x" })
	void obstacleWhenTheUserHasAnArchiveOrModules(String option) {
		assertThat(ArchiveOptions.obstacle(List.of("-Xmx1g", option)))
			.hasValueSatisfying((reason) -> assertThat(reason).contains(option));
	}

	@Test
	void obstacleWhenThereIsNoneIsEmpty() {
		assertThat(ArchiveOptions
			.obstacle(List.of("-Xshare:auto", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-XX:+UseSerialGC")))
			.isEmpty();
	}

}
