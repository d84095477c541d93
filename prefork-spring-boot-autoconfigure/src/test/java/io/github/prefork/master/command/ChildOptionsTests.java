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
 * Tests for {@link ChildOptions}.
 */
class ChildOptionsTests {

	private static final Map<String, String> FILES = Map.of("app.jsa", "", "top.jsa", "", "fine", "-Da=1 +B", "options",
			"-Da='x y'\n-Xdebug");

	@ParameterizedTest
	@ValueSource(strings = { "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=5005", "-agentlib:jdwp",
			"-Xrunjdwp:transport=dt_socket,address=1", "-agentpath:/jdk/lib/libjdwp.so=address=1", "-Xdebug",
			"-Xnoagent", "-Dcom.sun.management.jmxremote.port=9010",
			"-Dcom.sun.management.config.file=management.properties", "-Dcom.sun.management.jmxremote.rmi.port=9010",
			"-Dspring.application.admin.enabled=true", "-Dspring.application.admin.jmx-name=x",
			"-Dspring.devtools.restart.enabled=true", "-Dspring.devtools.remote.secret=x",
			"-Dspring.context.exit=onRefresh", "-Dspring.context.checkpoint=onRefresh",
			"-XX:SharedArchiveFile=gone.jsa", "-XX:SharedArchiveFile=app.jsa:gone.jsa",
			"-XX:ArchiveClassesAtExit=app.jsa", "-XX:AOTCacheOutput=app.aot", "-XX:AOTMode=record",
			"-XX:AOTMode=create", "-XX:AOTConfiguration=app.aotconf", "-XX:+AutoCreateSharedArchive",
			"-XX:SharedClassListFile=x", "-XX:DumpLoadedClassList=x" })
	void ofWhenOptionIsForOneProcessDropsIt(String option) {
		ChildOptions options = of(option, "0");
		assertThat(options.options()).isEmpty();
		assertThat(options.changes()).singleElement().satisfies((change) -> {
			assertThat(change.option()).isEqualTo(option);
			assertThat(change.replacement()).isNull();
			assertThat(change).hasToString("'" + option + "' is dropped: " + change.reason());
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "-Xmx1g", "-Dcom.sun.management.jmxremote", "-Dcom.sun.management.jmxremote.ssl=false",
			"-Dspring.devtools.restart.enabled=false", "-Dspring.application.name=x", "-Dspring.context.exited=x",
			"-XX:SharedArchiveFile=app.jsa", "-XX:SharedArchiveFile=app.jsa:top.jsa", "-XX:Flags=file",
			"-XX:VMOptionsFile=fine", "-XX:VMOptionsFile=gone", "-XX:AOTCache=app.aot", "-XX:AOTMode=on",
			"-javaagent:jdwp.jar", "-agentlib:other", "-Xlog", "-Xlog:gc*", "-Xlog:gc:stdout", "-Xlog:gc::time",
			"-Xlog:gc:stderr:time", "-Xlog:gc:file=gc-%p.log", "-Xlog:gc:/dev/stdout", "-Xloggc:gc-%p.log",
			"-XX:StartFlightRecording", "-XX:StartFlightRecording=delay=1s", "-XX:HeapDumpPath=",
			"-XX:HeapDumpPath=/dev/null", "-XX:ErrorFile=", "-XX:ErrorFile=e%p.log", "-XX:ErrorFile=/dev/stderr" })
	void ofWhenOptionIsHarmlessKeepsIt(String option) {
		ChildOptions options = of(option, "0");
		assertThat(options.options()).containsExactly(JvmOption.of(option));
		assertThat(options.changes()).isEmpty();
	}

	static Stream<Arguments> files() {
		return Stream.of(Arguments.of("-Xlog:gc:file=gc.log", "-Xlog:gc:file=gc-1.log"),
				Arguments.of("-Xlog:gc*=debug:file=/var/log/a.b/gc:time,uptime:filecount=5,filesize=10M",
						"-Xlog:gc*=debug:file=/var/log/a.b/gc-1:time,uptime:filecount=5,filesize=10M"),
				Arguments.of("-Xlog::gc.log", "-Xlog::gc-1.log"),
				Arguments.of("-Xlog:gc:file=\"c:\\gc.log\":time", "-Xlog:gc:file=\"c:\\gc-1.log\":time"),
				Arguments.of("-Xlog:gc:\"a:b\"", "-Xlog:gc:\"a:b-1\""),
				Arguments.of("-Xloggc:gc.log", "-Xloggc:gc-1.log"),
				Arguments.of("-XX:LogFile=vm.log", "-XX:LogFile=vm-1.log"),
				Arguments.of("-XX:ErrorFile=/x/.err", "-XX:ErrorFile=/x/.err-1"),
				Arguments.of("-XX:ErrorFile=/dir", "-XX:ErrorFile=/dir/hs_err-1.log"),
				Arguments.of("-XX:HeapDumpPath=/x/y.hprof", "-XX:HeapDumpPath=/x/y-1.hprof"),
				Arguments.of("-XX:HeapDumpPath=/", "-XX:HeapDumpPath=/java-1.hprof"),
				Arguments.of("-XX:HeapDumpPath=/dir", "-XX:HeapDumpPath=/dir/java-1.hprof"),
				Arguments.of("-XX:HeapDumpPath=y%p", "-XX:HeapDumpPath=y%p-1"),
				Arguments.of("-XX:StartFlightRecording=filename=/x/r.jfr,settings=profile",
						"-XX:StartFlightRecording=filename=/x/r-1.jfr,settings=profile"),
				Arguments.of("-XX:StartFlightRecording=filename=/dir",
						"-XX:StartFlightRecording=filename=/dir/java-1.jfr"),
				Arguments.of("-XX:StartFlightRecording:dumponexit=true,filename=\"a,b/r.jfr\"",
						"-XX:StartFlightRecording:dumponexit=true,filename=\"a,b/r-1.jfr\""),
				Arguments.of("-XX:StartFlightRecording:dumponexit=true",
						"-XX:StartFlightRecording:dumponexit=true,filename=java-1.jfr"));
	}

	@ParameterizedTest
	@MethodSource("files")
	void ofWhenOptionNamesAFileGivesTheChildItsOwn(String option, String replacement) {
		ChildOptions options = of(option, "1");
		assertThat(options.options()).containsExactly(JvmOption.of(replacement));
		assertThat(options.changes()).containsExactly(new OptionChange(option, replacement, FileOption.REASON));
	}

	@Test
	void ofWhenFileHoldsSuchAnOptionPutsItsContentsInItsPlace() {
		ChildOptions options = of("-XX:VMOptionsFile=options", "0");
		assertThat(options.options()).containsExactly(JvmOption.of("-Da=x y"));
		assertThat(options.changes()).extracting(OptionChange::option)
			.containsExactly("-XX:VMOptionsFile=options", "-Xdebug");
	}

	@Test
	void ofWhenThereAreSeveralKeepsTheirOrderAndSeparateValues() {
		List<JvmOption> options = List.of(JvmOption.of("-cp", "-Xrunjdwp:x"), JvmOption.of("-Xrunjdwp:x"),
				JvmOption.of("--add-opens", "a=b"), JvmOption.of("-ea"));
		assertThat(ChildOptions.of(options, "0", TestOptionFiles.NONE, FlagsFile.AS_IT_IS).options())
			.containsExactly(options.get(0), options.get(2), options.get(3));
	}

	private static ChildOptions of(String option, String label) {
		return ChildOptions.of(List.of(JvmOption.of(option)), label, new TestOptionFiles(FILES), FlagsFile.AS_IT_IS);
	}

}
