package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandSource}.
 */
class CommandSourceTests {

	private final CommandSource source = TestCommandSource.of(
			new LaunchCommand("/bin/java", List.of(JvmOption.of("-Xmx1g")), List.of("Main"), List.of("-Xmx9g")),
			Map.of("JAVA_TOOL_OPTIONS", "-Dtool", "_JAVA_OPTIONS", "-XX:VMOptionsFile=last"),
			new ChildSettings(1, List.of("-Xmx64m"), List.of("-Xmx8g"), Map.of("JDK_JAVA_OPTIONS", "-Dchild")),
			new TestOptionFiles(Map.of("last", "-Dlast")));

	@Test
	void optionsOfMasterAreThoseThatItReads() {
		assertThat(this.source.optionsOfMaster()).containsExactly("-Dtool", "-Xmx1g", "-Dlast");
	}

	@Test
	void optionsForChildrenAreThoseOfTheSettings() {
		assertThat(this.source.optionsForChildren()).containsExactly("-Dchild", "-Xmx64m");
	}

}
