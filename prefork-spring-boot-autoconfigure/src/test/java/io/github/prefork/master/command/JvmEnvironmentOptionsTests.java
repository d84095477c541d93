package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JvmEnvironmentOptions} and {@link OptionsVariable}.
 */
class JvmEnvironmentOptionsTests {

	private static final String DEBUGGER = "-agentlib:jdwp=transport=dt_socket,server=y,address=5005";

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS" })
	void forChildWhenNothingIsLeftDropsTheVariable(String name) {
		OptionsVariable variable = forChild(name, " " + DEBUGGER + " '-Dspring.context.exit=onRefresh' ");
		assertThat(variable.value()).isNull();
		assertThat(variable.changes()).extracting(OptionChange::option)
			.containsExactly(DEBUGGER, "-Dspring.context.exit=onRefresh");
	}

	@ParameterizedTest
	@ValueSource(strings = { "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS" })
	void forChildWhenNothingChangesLeavesTheValueAlone(String name) {
		String value = " -Da='x  y'\n\t-Xlog:gc:stdout \"\"'-Db=\"1\"' ";
		OptionsVariable variable = forChild(name, value);
		assertThat(variable.value()).isEqualTo(value);
		assertThat(variable.changes()).isEmpty();
	}

	@Test
	void forChildWhenSomeChangeKeepsTheOthersAsTheyAreWritten() {
		OptionsVariable variable = forChild("JAVA_TOOL_OPTIONS",
				"-Da='x  y'  " + DEBUGGER + " '-Xlog:gc:file=/my logs/gc.log' -Db=\"it's\"");
		assertThat(variable.value()).isEqualTo("-Da='x  y' \"-Xlog:gc:file=/my logs/gc-2.log\" -Db=\"it's\"");
		assertThat(variable.changes()).extracting(OptionChange::option)
			.containsExactly(DEBUGGER, "-Xlog:gc:file=/my logs/gc.log");
	}

	@Test
	void forChildWhenOptionIsTheValueOfAnotherKeepsIt() {
		String value = "-cp " + DEBUGGER + " --add-opens -Xdebug";
		assertThat(forChild("JDK_JAVA_OPTIONS", value + " -Xdebug").value()).isEqualTo(value);
		assertThat(forChild("JAVA_TOOL_OPTIONS", value).value()).isEqualTo("-cp --add-opens");
	}

	@Test
	void forChildWhenFileOfOptionsChangesPutsItsContentsInItsPlace() {
		OptionFiles files = new TestOptionFiles(Map.of("opts", "-Da='x y'\n" + DEBUGGER + " -Db", "fine", "-Dc"));
		OptionsVariable variable = JvmEnvironmentOptions
			.forChild(Map.of("JAVA_TOOL_OPTIONS", "-Dq -XX:VMOptionsFile=opts"), "2", files, FlagsFile.AS_IT_IS)
			.get("JAVA_TOOL_OPTIONS");
		assertThat(variable.value()).isEqualTo("-Dq \"-Da=x y\" -Db");
		assertThat(JvmEnvironmentOptions
			.forChild(Map.of("_JAVA_OPTIONS", "-XX:VMOptionsFile=fine"), "2", files, FlagsFile.AS_IT_IS)
			.get("_JAVA_OPTIONS")
			.value()).isEqualTo("-XX:VMOptionsFile=fine");
	}

	@Test
	void forChildWhenThereAreNoneReturnsNone() {
		assertThat(
				JvmEnvironmentOptions.forChild(Map.of("PATH", DEBUGGER), "2", TestOptionFiles.NONE, FlagsFile.AS_IT_IS))
			.isEmpty();
	}

	@Test
	void expandWhenFileCanBeReadPutsItsContentsInItsPlace() {
		OptionFiles files = new TestOptionFiles(Map.of("my opts", "-Da=\"x y\" # why\n-cp @p"));
		assertThat(JvmEnvironmentOptions
			.expandArgumentFiles(Map.of("JDK_JAVA_OPTIONS", "-Dq='1 2' '@my opts' -Dr", "OTHER", "@my"), files))
			.isEqualTo(Map.of("JDK_JAVA_OPTIONS", "-Dq='1 2' \"-Da=x y\" -cp @@p -Dr", "OTHER", "@my"));
	}

	@Test
	void expandWhenThereIsNoFileLeavesTheValueAlone() {
		Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", " -Da='@my' @gone @@fine ");
		OptionFiles files = new TestOptionFiles(Map.of("my", "-Dx", "fine", "-Dx"));
		assertThat(JvmEnvironmentOptions.expandArgumentFiles(environment, files)).isSameAs(environment);
		assertThat(JvmEnvironmentOptions.expandArgumentFiles(Map.of(), files)).isEmpty();
	}

	@Test
	void removeFromWhenVariableNamesFileOfOptionsRemovesItsContents() {
		OptionFiles files = new TestOptionFiles(Map.of("opts", "-Da -Db", "flags", "+C"));
		Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=opts -XX:Flags=flags");
		assertThat(JvmEnvironmentOptions.removeFrom(List.of("+C", "-Da", "-Db", "-XX:Flags=flags", "-Da"), environment,
				files))
			.containsExactly("+C", "-Da");
	}

	private static OptionsVariable forChild(String name, String value) {
		return JvmEnvironmentOptions.forChild(Map.of(name, value), "2", TestOptionFiles.NONE, FlagsFile.AS_IT_IS)
			.get(name);
	}

}
