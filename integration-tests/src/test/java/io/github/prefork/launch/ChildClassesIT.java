package io.github.prefork.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.Fleets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The list of classes that the child of slot 0 loads on a thread of its own. With
 * {@code -Dchild-classes.write} it is written anew instead of looked at.
 */
class ChildClassesIT {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Path LIST = Path.of("..", "prefork-spring-boot-autoconfigure", "src", "main", "resources",
			"io", "github", "prefork", "child", "child-classes.txt");

	private static final List<String> HEADER = List.of(
			"# What a child loads of libraries until it has answered, in this order.",
			"# Written by ChildClassesIT, see CONTRIBUTING.md.");

	private static final Pattern LOADED = Pattern.compile("\\[(\\d+)\\] (\\S+) source: .*BOOT-INF/lib/.*");

	private static final Pattern OF_MANY_APPLICATIONS = Pattern
		.compile("(ch\\.qos\\.logback|com\\.fasterxml\\.jackson|io\\.micrometer|io\\.netty|org\\.apache|org\\.slf4j"
				+ "|org\\.springframework|org\\.yaml|reactor|tools\\.jackson)\\..*");

	// Before it nothing can be loaded ahead
	private static final String BEGIN = "io.github.prefork.child.ChildClasses";

	@RegisterExtension
	private final Fleets fleets = new Fleets();

	@TempDir
	private Path directory;

	@BeforeEach
	void aProcessorIsIdle() {
		assumeThat(Runtime.getRuntime().availableProcessors()).isGreaterThan(1);
	}

	@Test
	void listIsWhatChildrenLoad() throws Exception {
		try (FleetProcess fleet = this.fleets.sample()
			.args("--prefork.children=2",
					"--prefork.child.jvm-args=-XX:TieredStopAtLevel=1,-Xlog:class+load:file=%s/%%p.log:tid"
						.formatted(this.directory))
			.start()) {
			List<Loaded> ahead = loaded(answeredBy(fleet, 0));
			List<Loaded> plain = loaded(answeredBy(fleet, 1));
			// Requests are served by another thread than main in both of them
			assertThat(loadedAside(ahead)).isGreaterThan(loadedAside(plain) + 200);
			Set<String> needed = namesAfterBegin(plain);
			if (System.getProperty("child-classes.write") != null) {
				write(needed);
				return;
			}
			assertThat(missingShare(read(), needed)).as("share of the list that is not needed").isLessThan(0.1);
			assertThat(missingShare(needed, read()))
				.as("share of what is needed that the list lacks; see CONTRIBUTING.md")
				.isLessThan(0.1);
		}
	}

	private static long answeredBy(FleetProcess fleet, int slot) {
		Pattern answer = Pattern.compile("\"slot\":" + slot + ",.*\"pid\":(\\d+)");
		return Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> answer.matcher(fleet.get("/")).results().map((found) -> found.group(1)).toList(),
					(pids) -> !pids.isEmpty())
			.stream()
			.map(Long::parseLong)
			.findFirst()
			.orElseThrow();
	}

	private List<Loaded> loaded(long pid) throws IOException {
		List<Loaded> loaded = new ArrayList<>();
		for (String line : Files.readAllLines(this.directory.resolve(pid + ".log"))) {
			Matcher matcher = LOADED.matcher(line);
			if (matcher.matches()) {
				loaded.add(new Loaded(matcher.group(1), matcher.group(2)));
			}
		}
		return loaded;
	}

	private static long loadedAside(List<Loaded> all) {
		String main = all.get(0).thread();
		return all.stream().filter((loaded) -> !loaded.thread().equals(main)).count();
	}

	private static Set<String> namesAfterBegin(List<Loaded> all) {
		return all.stream()
			.map(Loaded::name)
			.dropWhile((name) -> !name.equals(BEGIN))
			.filter(OF_MANY_APPLICATIONS.asMatchPredicate())
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	private static double missingShare(Set<String> names, Set<String> others) {
		return (double) names.stream().filter((name) -> !others.contains(name)).count() / names.size();
	}

	private static void write(Set<String> names) throws IOException {
		Files.write(LIST, Stream.concat(HEADER.stream(), names.stream()).toList());
	}

	private static Set<String> read() throws IOException {
		return Files.readAllLines(LIST)
			.stream()
			.filter((line) -> !line.startsWith("#"))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * A class that was loaded.
	 *
	 * @param thread the thread that did it
	 * @param name its name
	 */
	private record Loaded(String thread, String name) {
	}

}
