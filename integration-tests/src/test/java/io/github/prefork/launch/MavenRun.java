package io.github.prefork.launch;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import org.springframework.boot.SpringBootVersion;

/**
 * A fleet whose master is started by {@code mvn spring-boot:run}, from local files only.
 */
final class MavenRun implements AutoCloseable {

	private static final Duration START = Duration.ofSeconds(90);

	private static final Pattern PORT = Pattern.compile("Prefork master listening on port\\(s\\):? (\\d+)");

	private final Process process;

	private final Path output;

	private MavenRun(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	static boolean available() {
		return Stream.of(System.getenv("PATH").split(":")).anyMatch((path) -> Files.isExecutable(Path.of(path, "mvn")));
	}

	static MavenRun start(Path directory, String... arguments) throws IOException {
		Path pom = Files.writeString(directory.resolve("pom.xml"), """
				<project xmlns="http://maven.apache.org/POM/4.0.0">
					<modelVersion>4.0.0</modelVersion>
					<groupId>example</groupId>
					<artifactId>run</artifactId>
					<version>1</version>
					<packaging>pom</packaging>
				</project>
				""");
		Path output = directory.resolve("maven.log");
		Process process = new ProcessBuilder("mvn", "-B", "-o", "-f", pom.toString(), repository(),
				"org.springframework.boot:spring-boot-maven-plugin:" + version() + ":run",
				"-Dspring-boot.run.main-class=" + LaunchFiles.MAIN,
				"-Dspring-boot.run.additional-classpath-elements=" + LaunchFiles.classPath().replace(':', ','),
				"-Dspring-boot.run.arguments=" + Arrays.stream(arguments)
					.map((argument) -> "\"" + argument + "\"")
					.collect(Collectors.joining(" ")))
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		return new MavenRun(process, output);
	}

	private static String version() {
		return SpringBootVersion.getVersion();
	}

	// Where this build has its libraries from
	private static String repository() {
		Path jar = Path.of(SpringBootVersion.class.getProtectionDomain().getCodeSource().getLocation().getPath());
		return "-Dmaven.repo.local=" + jar.resolve("../../../../../..").normalize();
	}

	List<String> childArguments() throws IOException, InterruptedException {
		Awaitility.await().atMost(START).until(() -> !this.process.isAlive() || port().find());
		Matcher port = port();
		if (!port.find()) {
			throw new AssertionError("The master has not started:\n" + Files.readString(this.output));
		}
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.group(1) + "/arguments"))
			.build();
		String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
		return Arrays.stream(body.split("\n", -1))
			.map((line) -> URLDecoder.decode(line, StandardCharsets.UTF_8))
			.toList();
	}

	private Matcher port() throws IOException {
		return PORT.matcher(Files.readString(this.output));
	}

	@Override
	public void close() {
		List<ProcessHandle> started = Stream.concat(Stream.of(this.process.toHandle()), this.process.descendants())
			.toList();
		started.forEach(ProcessHandle::destroyForcibly);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
	}

}
