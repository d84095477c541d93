package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FlagsFile}.
 */
class FlagsFileTests {

	private static final OptionFiles FILES = new TestOptionFiles(Map.of("flags",
			"# comment\n+A\n # -Xdebug\nErrorFile=e.log # why", "fine", "+B", "options", "-Da -XX:Flags=flags"));

	@Test
	void ofWhenFlagChangesReturnsThemAll() {
		FlagsFile flags = of("-XX:Flags=fine", "-XX:Flags=flags", "-Da");
		assertThat(JvmOption.tokens(flags.flags())).containsExactly("-XX:+A", "-XX:ErrorFile=e-1.log");
		assertThat(flags.changes()).extracting(OptionChange::option).containsExactly("-XX:ErrorFile=e.log");
		assertThat(flags.apply("-XX:Flags=fine", "1")).isNotNull()
			.satisfies((change) -> assertThat(change.replacement()).isNull());
		assertThat(flags.apply("-XX:+A", "1")).isNull();
	}

	@Test
	void ofWhenFileIsNamedInAFileOfOptionsReadsIt() {
		FlagsFile flags = of("-XX:VMOptionsFile=options");
		assertThat(flags.flags()).hasSize(2);
		assertThat(ChildOptions.of(List.of(JvmOption.of("-XX:VMOptionsFile=options")), "1", FILES, flags).options())
			.containsExactly(JvmOption.of("-Da"));
	}

	@Test
	void ofWhenFileThatIsReadHasNoneLeavesAllAlone() {
		assertThat(of("-XX:Flags=flags", "-XX:Flags=fine")).isEqualTo(FlagsFile.AS_IT_IS);
		assertThat(of("-XX:Flags=flags", "-XX:Flags=gone")).isEqualTo(FlagsFile.AS_IT_IS);
		assertThat(of("-Da")).isEqualTo(FlagsFile.AS_IT_IS);
		assertThat(FlagsFile.AS_IT_IS.apply("-XX:Flags=flags", "1")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "-XX:+A, -XX:-A", "-XX:A=1, -XX:A=2", "-XX:A=1, -XX:A:=2=3", "-XX:MaxHeapSize=1, -Xmx2",
			"-XX:MinHeapSize=1, -Xms2", "-XX:NewSize=1, -Xmn2", "-XX:ThreadStackSize=1, -Xss2" })
	void withoutWhenEnvironmentSetsTheFlagLeavesItOut(String flag, String environment) {
		assertThat(flags(flag).without(List.of("-Da", "x", environment))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "-XX:+A, -XX:+B", "-XX:A=1, -XX:AB=1", "-XX:MaxHeapSize=1, -Xms2", "-XX:OnError=a, -XX:OnError=b" })
	void withoutWhenEnvironmentSetsAnotherOrAddsUpKeepsIt(String flag, String environment) {
		assertThat(flags(flag).without(List.of(environment))).containsExactly(JvmOption.of(flag));
	}

	private static FlagsFile flags(String flag) {
		return new FlagsFile(List.of(JvmOption.of(flag)), List.of());
	}

	private static FlagsFile of(String... options) {
		return FlagsFile.of(List.of(options), "1", FILES, FlagsFile.AS_IT_IS);
	}

}
