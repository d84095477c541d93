package io.github.prefork.autoconfigure;

import java.util.Map;
import java.util.stream.Stream;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Sees in time that an application leaves out prefork's auto-configuration. What is
 * excluded elsewhere than at the application's own classes is found only when the context
 * is there, by {@link RoleInitializer}.
 */
final class Exclusion {

	private static final String PROPERTY = "spring.autoconfigure.exclude";

	private static final String NAME = PreforkAutoConfiguration.class.getName();

	private Exclusion() {
	}

	static boolean isAskedFor(SpringApplication application, UserSettings settings) {
		return Stream.of(settings.get(PROPERTY, new String[0])).anyMatch(NAME::equals)
				|| application.getAllSources().stream().anyMatch(Exclusion::isAskedForBy);
	}

	private static boolean isAskedForBy(Object source) {
		if (!(source instanceof Class<?> type)) {
			return false;
		}
		Map<String, Object> attributes = AnnotationMetadata.introspect(type)
			.getAnnotationAttributes(EnableAutoConfiguration.class.getName(), true);
		return attributes != null && Stream.of("exclude", "excludeName")
			.flatMap((attribute) -> Stream.of((String[]) attributes.get(attribute)))
			.anyMatch(NAME::equals);
	}

}
