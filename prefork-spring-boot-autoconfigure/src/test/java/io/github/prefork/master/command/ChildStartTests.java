package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import io.github.prefork.ChildCommand;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildStart}, {@link StartForm} and what {@link ChildCommandFactory}
 * makes of them.
 */
class ChildStartTests {

	private static final StartForm FORM = new StartForm(List.of("-XX:SharedArchiveFile=a.jsa"),
			List.of("-jar", "/cache/app.jar"));

	private static final ChannelAddress CHANNEL = new ChannelAddress(1, 2, "3", "/socket");

	private final ChildCommandFactory factory = factory(List.of("-jar", "app.jar"), JvmOption.of("-Xmx1g"));

	@Test
	void createWithFormRunsTheOtherTargetWithTheSameArguments() {
		List<String> command = this.factory.create(0, 1, "0", CHANNEL, FORM).command();
		assertThat(command)
			.containsSubsequence("-XX:SharedArchiveFile=a.jsa", "-Xmx1g", "-Dadded=1", "-jar", "/cache/app.jar",
					"--name=value")
			.doesNotContain("app.jar");
	}

	@Test
	void createWithPlainFormIsThePlainCommand() {
		assertThat(this.factory.create(0, 1, "0", CHANNEL, StartForm.PLAIN))
			.isEqualTo(this.factory.create(0, 1, "0", CHANNEL));
	}

	@Test
	void aloneHasNothingOfAChild() {
		ChildCommand command = this.factory.alone(FORM, "training", Map.of("more", "1"));
		assertThat(command.command()).endsWith("-jar", "/cache/app.jar", "--name=value", "--more=1")
			.noneMatch((token) -> token.contains(ChannelAddress.LAUNCHED_BY_PROPERTY));
		assertThat(command.environment()).containsOnlyKeys("JAVA_TOOL_OPTIONS", "PREFORK_CHILDREN");
	}

	// Spring would make a list of both
	@Test
	void aloneHasNoArgumentBesideAPropertyOfThatName() {
		ChildCommand command = this.factory.alone(FORM, "training", Map.of("name", ""));
		assertThat(command.command()).endsWith("-jar", "/cache/app.jar", "--name=");
	}

	@Test
	void startTellsAllOptionsAndWhatIsRun() {
		ChildStart start = this.factory.start();
		assertThat(start.java()).isEqualTo("java");
		assertThat(start.target()).containsExactly("-jar", "app.jar");
		assertThat(start.options()).contains("-XX:+UseZGC", "-Xmx1g", "-Dadded=1");
		assertThat(start.masterOptions()).containsExactly("-Xmx1g");
		assertThat(start.classPath()).isNull();
	}

	@Test
	void startWhenAClassPathIsNamedTellsTheLast() {
		assertThat(
				factory(List.of("Main"), JvmOption.of("-cp", "one.jar"), JvmOption.of("-classpath", "two.jar")).start()
					.classPath())
			.isEqualTo("two.jar");
		assertThat(factory(List.of("Main"), JvmOption.of("--class-path=three.jar")).start().classPath())
			.isEqualTo("three.jar");
	}

	@Test
	void startWhenAValueOfALongOptionIsSeparateTellsIt() {
		assertThat(factory(List.of("Main"), JvmOption.of("--add-opens", "java.base/java.lang=ALL-UNNAMED")).start()
			.options()).contains("--add-opens=java.base/java.lang=ALL-UNNAMED");
	}

	private static ChildCommandFactory factory(List<String> target, JvmOption... options) {
		return new ChildCommandFactory(new LaunchCommand("java", List.of(options), target, List.of("--name=value")),
				Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseZGC", "PREFORK_CHILDREN", "2"),
				new ChildSettings(1, List.of("-Dadded=1"), List.of(), Map.of()), OptionFiles.SYSTEM, false,
				new MemoryBudget(ChildHeap.INHERIT, 2, new MemoryLimit(0, false), new JvmHeap(1 << 30, 0)));
	}

}
