package io.github.prefork.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * The properties that are set for the children alone, and not for the master.
 *
 * @param sources where they are set
 */
record ChildrenAlone(Iterable<ConfigurationPropertySource> sources) {

	private static final String SYSTEM_PROPERTY = "-D";

	/**
	 * Read what is set for the children alone.
	 * @param child the arguments, the options and the environment that only children get
	 * @return the properties
	 */
	static ChildrenAlone of(PreforkProperties.Child child) {
		Map<String, Object> systemProperties = new HashMap<>();
		child.getJvmArgs().stream().filter((argument) -> argument.startsWith(SYSTEM_PROPERTY)).forEach((argument) -> {
			String[] parts = argument.substring(SYSTEM_PROPERTY.length()).split("=", 2);
			systemProperties.put(parts[0], (parts.length > 1) ? parts[1] : "");
		});
		MutablePropertySources sources = new MutablePropertySources();
		sources.addLast(new SimpleCommandLinePropertySource(child.getArgs().toArray(String[]::new)));
		sources.addLast(
				new MapPropertySource(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, systemProperties));
		sources.addLast(new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
				new HashMap<>(child.getEnvironment())));
		return new ChildrenAlone(ConfigurationPropertySources.from(sources));
	}

	/**
	 * Return whether a property is set for them.
	 * @param name the canonical name of the property
	 * @return whether it is
	 */
	boolean contains(String name) {
		return UserSettings.contains(this.sources, name);
	}

}
