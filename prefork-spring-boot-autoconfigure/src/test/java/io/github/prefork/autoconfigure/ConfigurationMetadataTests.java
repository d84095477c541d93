package io.github.prefork.autoconfigure;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.prefork.child.OnMasterDeath;
import io.github.prefork.master.cache.StartupCacheMode;
import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.Network;
import io.github.prefork.supervisor.HookRule;
import io.github.prefork.supervisor.OnExceeded;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonParserFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the configuration metadata and the documentation of the properties.
 */
class ConfigurationMetadataTests {

	private static final String HEAP = "prefork.child.heap";

	private static final Set<String> WITHOUT_STATIC_DEFAULT = Set.of("prefork.children", "prefork.max-children",
			"prefork.boot-parallelism", "prefork.recovery.threshold", "prefork.shutdown.grace-period",
			"prefork.drain.timeout", "prefork.child.jvm-args", "prefork.child.args", "prefork.child.environment",
			"prefork.role", "prefork.slot", "prefork.generation", "prefork.file-label");

	/** Those that Spring Boot knows of every health indicator and endpoint. */
	private static final String OF_SPRING_BOOT = "management.";

	private static final Pattern NAME = Pattern.compile("`(prefork\\.[a-z.-]+)`");

	private Map<String, Map<String, Object>> metadata;

	private List<Map<String, Object>> hints;

	@BeforeEach
	@SuppressWarnings("unchecked")
	void read() throws Exception {
		URI classes = PreforkProperties.class.getProtectionDomain().getCodeSource().getLocation().toURI();
		Map<String, Object> file = JsonParserFactory.getJsonParser()
			.parseMap(Files.readString(Path.of(classes).resolve("META-INF/spring-configuration-metadata.json")));
		this.metadata = new TreeMap<>();
		((List<Map<String, Object>>) file.get("properties")).stream()
			.filter((property) -> !((String) property.get("name")).startsWith(OF_SPRING_BOOT))
			.forEach((property) -> this.metadata.put((String) property.get("name"), property));
		this.hints = (List<Map<String, Object>>) file.get("hints");
	}

	@Test
	void everyPropertyHasTypeAndDescription() {
		assertThat(this.metadata).hasSizeGreaterThan(20).allSatisfy((name, property) -> {
			assertThat(name).startsWith("prefork.");
			assertThat((String) property.get("type")).isNotEmpty();
			assertThat((String) property.get("description")).endsWith(".");
		});
	}

	@Test
	void everyPropertyHasDefaultWhereItIsStatic() {
		assertThat(this.metadata).allSatisfy((name, property) -> assertThat(property.containsKey("defaultValue"))
			.isNotEqualTo(WITHOUT_STATIC_DEFAULT.contains(name)));
	}

	@Test
	@SuppressWarnings("unchecked")
	void everyChoiceHasHintForEachValue() {
		Map<String, Class<? extends Enum<?>>> enums = Map.of("prefork.listener", ListenerMode.class, "prefork.network",
				Network.class, "prefork.recovery.on-exceeded", OnExceeded.class, "prefork.hooks.on-error",
				HookRule.class, "prefork.child.on-master-death", OnMasterDeath.class, "prefork.startup-cache",
				StartupCacheMode.class);
		List<Map<String, Object>> choices = this.hints.stream()
			.filter((hint) -> !HEAP.equals(hint.get("name")))
			.toList();
		assertThat(choices).extracting((hint) -> hint.get("name")).containsExactlyInAnyOrderElementsOf(enums.keySet());
		assertThat(choices).allSatisfy((hint) -> {
			List<Map<String, Object>> values = (List<Map<String, Object>>) hint.get("values");
			assertThat(values).extracting((value) -> value.get("value"))
				.containsExactlyElementsOf(
						Stream.of(enums.get(hint.get("name")).getEnumConstants()).map(Object::toString).toList());
			assertThat(values).allSatisfy((value) -> assertThat((String) value.get("description")).endsWith("."));
		});
	}

	@Test
	void heapHasHintsAndTakesOtherValuesToo() {
		assertThat(this.hints).filteredOn((hint) -> HEAP.equals(hint.get("name"))).singleElement().satisfies((hint) -> {
			assertThat(hint.get("values")).asString().contains("value=split", "value=inherit");
			assertThat(hint.get("providers")).asString().contains("name=any");
		});
	}

	@Test
	void configurationPageListsTheSamePropertiesAndDefaults() throws Exception {
		assertDocumented(Pattern.compile("(?m)^\\*\\*(`prefork.*`)\\*\\*(?: \\((.*?)\\)\\.)?")
			.matcher(document("docs/configuration.md")));
	}

	@Test
	void readmeListsTheSamePropertiesAndDefaults() throws Exception {
		String readme = document("README.md");
		String section = readme.substring(readme.indexOf("## Properties"), readme.indexOf("## Events"));
		assertDocumented(Pattern.compile("(?m)^\\| (`prefork.*?) \\| (.*?) \\|").matcher(section));
	}

	private void assertDocumented(Matcher places) {
		Map<String, String> documented = new TreeMap<>();
		places.results()
			.forEach((place) -> NAME.matcher(place.group(1))
				.results()
				.forEach((name) -> documented.put(name.group(1), String.valueOf(place.group(2)))));
		assertThat(documented.keySet()).isEqualTo(this.metadata.keySet());
		this.metadata.forEach((name, property) -> {
			Object value = property.get("defaultValue");
			if (value != null) {
				assertThat(documented).containsEntry(name, "`" + inWords(property.get("type"), value) + "`");
			}
		});
	}

	private static String inWords(Object type, Object value) {
		boolean zeroDuration = type.equals(Duration.class.getName()) && value.equals(0);
		return zeroDuration ? "0s" : value.toString();
	}

	private static String document(String file) throws Exception {
		Path module = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
		return Files.readString(module.resolve(file));
	}

}
