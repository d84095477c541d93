package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CommandLineParser}.
 */
class CommandLineParserTests {

	private static final OptionFiles FILES = new TestOptionFiles(
			Map.of("opts", "-Xmx1g -cp @p", "all", "-Xmx1g Main a @b", "name", "app.jar", "quoted",
					"-Da='x y' -jar 'my app.jar' 'a b' ''\n", "off", "--disable-@files"));

	static Stream<Arguments> commandLines() {
		return Stream.of(Arguments.of("-jar app.jar", "", "-jar app.jar", ""),
				Arguments.of("-Xmx1g -jar app.jar --a=b c", "-Xmx1g", "-jar app.jar", "--a=b c"),
				Arguments.of("-jar -Xmx1g app.jar -jar x", "-Xmx1g", "-jar app.jar", "-jar x"),
				Arguments.of("-cp lib/*:a.jar Main -cp x", "-cp lib/*:a.jar", "Main", "-cp x"),
				Arguments.of("-classpath p --class-path q Main", "-classpath p --class-path q", "Main", ""),
				Arguments.of("--class-path=p Main", "--class-path=p", "Main", ""),
				Arguments.of("-cp -odd Main a", "-cp -odd", "Main", "a"),
				Arguments.of("-p mods -m app/com.Main -x", "-p mods", "-m app/com.Main", "-x"),
				Arguments.of("--module-path mods --module app y", "--module-path mods", "--module app", "y"),
				Arguments.of("--module=app -m z", "", "--module=app", "-m z"),
				Arguments.of(
						"--add-modules a --add-opens b=c --add-exports d=e --add-reads f=g --patch-module h=i"
								+ " --upgrade-module-path j --limit-modules k --enable-native-access l Main m",
						"--add-modules a --add-opens b=c --add-exports d=e --add-reads f=g --patch-module h=i"
								+ " --upgrade-module-path j --limit-modules k --enable-native-access l",
						"Main", "m"),
				Arguments.of("--add-opens=b=c Main", "--add-opens=b=c", "Main", ""),
				Arguments.of("Main @file -Dx", "", "Main", "@file -Dx"),
				Arguments.of("-jar a.jar @file", "", "-jar a.jar", "@file"),
				Arguments.of("-Da @opts Main @opts", "-Da -Xmx1g -cp @@p", "Main", "@opts"),
				Arguments.of("@all c @opts", "-Xmx1g", "Main", "a @b c @opts"),
				Arguments.of("-jar @name @name", "", "-jar app.jar", "@name"),
				Arguments.of("-cp @name -m @name x", "-cp app.jar", "-m app.jar", "x"),
				Arguments.of("-cp @@name @off @Main", "-cp @@name --disable-@files", "@Main", ""),
				Arguments.of("--disable-@files -cp @p @Main", "--disable-@files -cp @p", "@Main", ""));
	}

	@ParameterizedTest
	@MethodSource("commandLines")
	void parseWhenCompleteSeparatesItsParts(String commandLine, String options, String target, String arguments) {
		assertThat(CommandLineParser.parse("/bin/java", tokens(commandLine), FILES)).hasValueSatisfying((command) -> {
			assertThat(command.executable()).isEqualTo("/bin/java");
			assertThat(JvmOption.tokens(command.options())).isEqualTo(tokens(options));
			assertThat(command.target()).isEqualTo(tokens(target));
			assertThat(command.arguments()).isEqualTo(tokens(arguments));
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "-Xmx1g", "-cp", "-m", "-jar", "@gone Main", "-cp @gone Main", "-jar @gone",
			"-m @gone", "@gone", "-Xmx1g @gone -jar app.jar", "@opts" })
	void parseWhenSomethingIsHiddenOrMissingReturnsEmpty(String commandLine) {
		assertThat(CommandLineParser.parse("java", tokens(commandLine), FILES)).isEmpty();
	}

	@Test
	void parseWhenArgumentFileHoldsBlanksKeepsThem() {
		assertThat(CommandLineParser.parse("java", List.of("@quoted", "c d"), FILES)).hasValue(new LaunchCommand("java",
				List.of(JvmOption.of("-Da=x y")), List.of("-jar", "my app.jar"), List.of("a b", "", "c d")));
	}

	@Test
	void parseWhenTokensAreUnusualKeepsThem() {
		String longest = "x".repeat(10_000);
		List<String> arguments = List.of("", "a b", "it's", "\"quoted\"", "gr\u00fc\u00df \u4f60\u597d", "new\nline",
				longest, "");
		List<String> tokens = Stream
			.concat(Stream.of("-Da=b c", "-D\u00e9=", "-cp", "my app.jar:" + longest, "Main"), arguments.stream())
			.toList();
		assertThat(CommandLineParser.parse("java", tokens, FILES)).hasValueSatisfying((command) -> {
			assertThat(command.options()).containsExactly(JvmOption.of("-Da=b c"), JvmOption.of("-D\u00e9="),
					JvmOption.of("-cp", "my app.jar:" + longest));
			assertThat(command.arguments()).isEqualTo(arguments);
		});
	}

	private static List<String> tokens(String text) {
		return (text.isEmpty()) ? List.of() : List.of(text.split(" "));
	}

}
