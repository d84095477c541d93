package io.github.prefork.autoconfigure;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Properties;

import io.github.prefork.channel.ToMaster;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * What a child tells its master about itself: which build of the application it is, and
 * how it is configured.
 */
final class ChildDescription {

	/** Spring Boot takes it from the manifest of the jar. */
	private static final String VERSION = "spring.application.version";

	/** Where Spring Boot looks for its {@code BuildProperties} too. */
	private static final String BUILD_LOCATION = "spring.info.build.location";

	private static final String BUILD_INFO = "classpath:META-INF/build-info.properties";

	private static final int LONGEST_VERSION = 200;

	private static final Log logger = LogFactory.getLog(ChildDescription.class);

	private ChildDescription() {
	}

	static ToMaster.Described of(ConfigurableApplicationContext context, PreforkProperties properties) {
		Environment environment = context.getEnvironment();
		Properties build = read(context.getResource(environment.getProperty(BUILD_LOCATION, BUILD_INFO)));
		String version = environment.getProperty(VERSION, build.getProperty("build.version", ""));
		return new ToMaster.Described(version.substring(0, Math.min(version.length(), LONGEST_VERSION)),
				millis(build.getProperty("build.time")),
				SettingsDigest.of(context.getEnvironment(), properties.getChild()));
	}

	private static Properties read(Resource resource) {
		try {
			return resource.exists() ? PropertiesLoaderUtils.loadProperties(resource) : new Properties();
		}
		catch (IOException ex) {
			logger.debug("The build of this application can't be told", ex);
			return new Properties();
		}
	}

	private static long millis(@Nullable String time) {
		try {
			return (time != null) ? Instant.parse(time).toEpochMilli() : 0;
		}
		catch (DateTimeException | ArithmeticException ex) {
			return 0;
		}
	}

}
