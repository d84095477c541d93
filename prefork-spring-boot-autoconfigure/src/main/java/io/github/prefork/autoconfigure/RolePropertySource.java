package io.github.prefork.autoconfigure;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.role.Assignment;
import io.github.prefork.autoconfigure.role.ClaimOutcome;

import org.springframework.boot.logging.LogFile;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;

/**
 * The properties that a role lays over the user's, as one property source. What the user
 * has set explicitly stays, except where two processes would get into each other's way.
 */
final class RolePropertySource {

	/**
	 * The name of the property source.
	 */
	static final String NAME = "prefork";

	/**
	 * The property that holds the role.
	 */
	static final String ROLE = "prefork.role";

	/**
	 * The property that holds the slot.
	 */
	static final String SLOT = "prefork.slot";

	/**
	 * The property that holds the generation.
	 */
	static final String GENERATION = "prefork.generation";

	/**
	 * The property that holds what this process names its files by.
	 */
	static final String FILE_LABEL = "prefork.file-label";

	private static final String BANNER = "spring.main.banner-mode";

	private static final String PID_FILE = "spring.pid.file";

	/** Names of the files that are rolled away, where the user gives them. */
	private static final List<String> ROLLED_FILES = List.of("logging.logback.rollingpolicy.file-name-pattern",
			"logging.log4j2.rollingpolicy.file-name-pattern");

	/** Stands for the name of the log file, which has the label. */
	private static final String LOG_FILE = "LOG_FILE}";

	/**
	 * The port is the master's, and it outlives each child. One that registers the
	 * service, whoever asked for that, takes it out of service when it ends.
	 */
	private static final List<String> REGISTRATION = List.of("spring.cloud.consul.discovery.register",
			"spring.cloud.zookeeper.discovery.register", "spring.cloud.nacos.discovery.register-enabled",
			"eureka.client.register-with-eureka", "spring.boot.admin.client.auto-registration",
			"spring.boot.admin.client.auto-deregistration");

	/**
	 * Beans depend on it, which an application may need that has said that it is on.
	 */
	private static final String REGISTRATION_BEANS = "spring.cloud.service-registry.auto-registration.enabled";

	private final UserSettings settings;

	private final Map<String, Object> properties = new LinkedHashMap<>();

	private RolePropertySource(UserSettings settings) {
		this.settings = settings;
	}

	static PropertySource<?> of(Assignment assignment, UserSettings settings) {
		RolePropertySource source = new RolePropertySource(settings);
		switch (assignment.decision().role()) {
			case MASTER -> source.addMaster();
			case CHILD -> source.addChild(assignment.claim());
			case STANDALONE -> source.addStandalone(assignment.besideChild());
		}
		return new LogPlacePropertySource(NAME, source.properties, settings);
	}

	/**
	 * Return the role of the application that an environment belongs to.
	 * @param environment the environment
	 * @return the role that the post-processor laid into it; STANDALONE if it never ran
	 */
	static PreforkRole roleOf(ConfigurableEnvironment environment) {
		// Not getProperty: a variable PREFORK_ROLE must not make a master
		PropertySource<?> source = environment.getPropertySources().get(NAME);
		Object role = (source != null) ? source.getProperty(ROLE) : null;
		return (role != null) ? PreforkRole.valueOf(role.toString().toUpperCase(Locale.ROOT)) : PreforkRole.STANDALONE;
	}

	private void addMaster() {
		identify(PreforkRole.MASTER, -1, 0, "master");
		addLogPlace(LogPlace.MASTER);
		addUnlessSet("spring.reactor.netty.shutdown-quiet-period", "0s");
		// Validating would create every health indicator with all that it depends on
		addUnlessSet("management.endpoint.health.validate-group-membership", "false");
		if (this.settings.get(LazyMaster.PROPERTY, true)) {
			// A health indicator of a database needs no more than one connection
			addUnlessSet("spring.datasource.hikari.minimum-idle", "0");
			if (hasReactivePool()) {
				addUnlessSet("spring.r2dbc.pool.initial-size", "0");
			}
		}
		Duration timeout = GracePeriod.from(this.settings).phaseTimeout();
		if (this.settings.get(GracePeriod.PHASE_TIMEOUT, Duration.ZERO).compareTo(timeout) < 0) {
			this.properties.put(GracePeriod.PHASE_TIMEOUT, timeout.toString());
		}
	}

	// Where this is not so Spring Boot refuses to start with a property of the pool
	private boolean hasReactivePool() {
		return ClassUtils.isPresent("io.r2dbc.pool.ConnectionPool", null)
				&& !this.settings.get("spring.r2dbc.url", "").contains(":pool:");
	}

	private void addChild(ClaimOutcome claim) {
		identify(PreforkRole.CHILD, claim.slot(), claim.generation(), claim.fileLabel());
		addLogPlace(LogPlace.ofChild(claim.slot()));
		addUnlessSet("spring.reactor.netty.shutdown-quiet-period", "0s");
		if (!this.settings.forChildrenAlone().contains(BANNER)) {
			// One is enough, whatever the application says for all processes
			this.properties.put(BANNER, "off");
		}
		addUnlessSet(REGISTRATION_BEANS, "false");
		REGISTRATION.forEach((property) -> this.properties.put(property, "false"));
		// The web server waits so long for requests in flight, and the master may kill
		// this process after it
		this.properties.put(GracePeriod.PHASE_TIMEOUT,
				GracePeriod.from(this.settings).drainTimeout(this.settings).toString());
		addOwnFile(LogFile.FILE_NAME_PROPERTY, logFile(), claim.fileLabel());
		ROLLED_FILES.forEach((property) -> addOwnFile(property, this.settings.get(property, ""), claim.fileLabel()));
		// Children write none, unless the application does so in a way of its own
		addOwnFile(PID_FILE, this.settings.get(PID_FILE, ""), claim.fileLabel());
	}

	private void addStandalone(boolean besideChild) {
		identify(PreforkRole.STANDALONE, 0, 0, "standalone");
		if (besideChild) {
			// All children run this application, and the master serves it. They must not
			// get into the way of its port
			if (this.settings.get("server.port", 0) >= 0) {
				this.properties.put("server.port", "0");
			}
			this.properties.put("server.address", InetAddress.getLoopbackAddress().getHostAddress());
			// Nobody is served, and the first application has disposed the event loops
			// that both share when this one stops
			this.properties.put("server.shutdown", "immediate");
		}
	}

	private String logFile() {
		String path = this.settings.get(LogFile.FILE_PATH_PROPERTY, "");
		return this.settings.get(LogFile.FILE_NAME_PROPERTY, path.isEmpty() ? "" : path + "/spring.log");
	}

	private void addOwnFile(String property, String file, String label) {
		// The user may have put the label where he wants it
		if (!file.isEmpty() && !file.contains("${" + FILE_LABEL) && !file.contains(LOG_FILE)) {
			this.properties.put(property, LabelledFile.of(file, label));
		}
	}

	private void addLogPlace(String place) {
		if (LogPlace.PATTERNS.stream().noneMatch(this.settings::contains)) {
			this.properties.put(LogPlace.CORRELATION, "[" + place + "] ");
		}
	}

	private void identify(PreforkRole role, int slot, int generation, String fileLabel) {
		this.properties.put(ROLE, role.name());
		this.properties.put(SLOT, slot);
		this.properties.put(GENERATION, generation);
		this.properties.put(FILE_LABEL, fileLabel);
	}

	private void addUnlessSet(String name, String value) {
		if (!this.settings.contains(name)) {
			this.properties.put(name, value);
		}
	}

}
