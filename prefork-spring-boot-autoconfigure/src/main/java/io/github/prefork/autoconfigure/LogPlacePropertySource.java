package io.github.prefork.autoconfigure;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;

/**
 * Properties of which {@value LogPlace#CORRELATION} ends in what Micrometer Tracing would
 * put there alone. That is found out when it is read, since it may be decided later.
 */
final class LogPlacePropertySource extends MapPropertySource {

	/** What Spring Boot takes by default if correlation identifiers are expected. */
	private static final String IDENTIFIERS = "%correlationId";

	private final UserSettings settings;

	LogPlacePropertySource(String name, Map<String, Object> properties, UserSettings settings) {
		super(name, properties);
		this.settings = settings;
	}

	@Override
	public @Nullable Object getProperty(String name) {
		Object value = super.getProperty(name);
		return (value != null && LogPlace.CORRELATION.equals(name)) ? value + identifiers() : value;
	}

	private String identifiers() {
		Object pattern = this.settings.logCorrelation(LogPlace.CORRELATION);
		if (pattern != null) {
			return pattern.toString();
		}
		Object byDefault = this.settings.logCorrelation(LoggingSystem.EXPECT_CORRELATION_ID_PROPERTY);
		boolean expected = this.settings.get(LoggingSystem.EXPECT_CORRELATION_ID_PROPERTY,
				Boolean.parseBoolean(String.valueOf(byDefault)));
		return (expected) ? IDENTIFIERS : "";
	}

}
