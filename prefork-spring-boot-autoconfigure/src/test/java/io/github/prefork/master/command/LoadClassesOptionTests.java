package io.github.prefork.master.command;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoadClassesOption}.
 */
class LoadClassesOptionTests {

	@Test
	void isUsefulWhereClassesComeFromJars() {
		assertThat(LoadClassesOption.isUseful(List.of())).isTrue();
		// A list of names keeps nothing from being loaded
		assertThat(LoadClassesOption.isUseful(List.of("-Xmx100m", "-XX:DumpLoadedClassList=x", "-XX:+UseSerialGC")))
			.isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:SharedArchiveFile=app.jsa", "-XX:AOTCache=app.aot", "-XX:AOTMode=record",
			"-XX:AOTConfiguration=app.conf", "-XX:+AutoCreateSharedArchive", "-javaagent:agent.jar=x\ny",
			"-agentpath:/agent.so", "-agentlib:jdwp=transport=dt_socket", "-XX:MaxMetaspaceSize=64m",
			"-XX:CompressedClassSpaceSize=16m" })
	void isUsefulWhenThereIsAnArchiveOrAnAgentOrALimitIsFalse(String option) {
		assertThat(LoadClassesOption.isUseful(List.of("-Xmx100m", option))).isFalse();
	}

}
