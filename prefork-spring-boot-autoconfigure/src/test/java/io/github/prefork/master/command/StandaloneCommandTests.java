package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChildProperties;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StandaloneCommand}.
 */
class StandaloneCommandTests {

	private static final StartForm FORM = new StartForm(List.of("-XX:SharedArchiveFile=a.jsa"),
			List.of("-jar", "/cache/app.jar"));

	private final ChildCommandFactory commands = new ChildCommandFactory(TestCommandSource.of(
			new LaunchCommand("java", List.of(), List.of("-jar", "app.jar"), List.of("--name=value")),
			Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseZGC", "PREFORK_CHILDREN", "2"), TestCommandSource.NOTHING,
			TestOptionFiles.NONE));

	@Test
	void ofHasNothingOfAChild() {
		ChildCommand command = StandaloneCommand.of(this.commands, FORM, "training", Map.of("more", "1"));
		assertThat(command.command()).endsWith("-jar", "/cache/app.jar", "--name=value", "--more=1")
			.noneMatch((token) -> token.contains(ChildProperties.LAUNCHED_BY)
					|| token.contains(ChildProperties.FILE_LABEL));
		assertThat(command.environment()).containsOnlyKeys("JAVA_TOOL_OPTIONS", "PREFORK_CHILDREN");
	}

	// Spring would make a list of both
	@Test
	void ofHasNoArgumentBesideAPropertyOfThatName() {
		ChildCommand command = StandaloneCommand.of(this.commands, FORM, "training", Map.of("name", ""));
		assertThat(command.command()).endsWith("-jar", "/cache/app.jar", "--name=");
	}

}
