package io.github.prefork.autoconfigure.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.log.LogMessage;
import org.springframework.util.ClassUtils;

/**
 * Says once what of an application each child does, and what to do about it; in a warning
 * if any of it may be meant to happen only once. Looks at beans that there are and
 * creates none.
 */
public final class FleetSurvey {

	/**
	 * The name of the logger, by which this can be switched off.
	 */
	static final String LOGGER = "io.github.prefork.survey";

	private static final Log logger = LogFactory.getLog(LOGGER);

	private static final String MEANT = "A job, a runner, a listener or a component that is meant to run in each child says so: "
			+ "with @ConditionalOnPreforkRole({ CHILD, STANDALONE }) at its bean it is not listed any more. ";

	private static final String SCRIPTS = "org.springframework.boot.sql.init.AbstractScriptDatabaseInitializer";

	private static final String POOLS = "org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider";

	private static final String METERS = "io.micrometer.core.instrument.push.PushMeterRegistry";

	private final ConfigurableApplicationContext context;

	/**
	 * Create the survey.
	 * @param context the application context of a child
	 */
	public FleetSurvey(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Write to the log what there is to say, or nothing.
	 * @param children the number of children
	 */
	public void tell(int children) {
		List<Found> found = find(processes(children), FleetSurvey::failed);
		if (found.isEmpty() || !this.context.isActive()) {
			return;
		}
		if (found.stream().allMatch(Found::isInformation)) {
			logger.info(text(children, "", lines(found)));
		}
		else {
			logger.warn(text(children, MEANT, lines(found)));
		}
	}

	private String text(int children, String meant, List<String> lines) {
		String separator = System.lineSeparator() + "  - ";
		String master = isMasterLazy() ? "" : " and the master (prefork.master.lazy=false)";
		return "Each of the %d children%s runs the whole application, so all of this happens %d times. "
			.formatted(children, master, processes(children)) + "What to do is said in docs/run-once.md of prefork. "
				+ meant + "With logging.level." + LOGGER + "=off none of this is said:" + separator
				+ String.join(separator, lines);
	}

	private int processes(int children) {
		return isMasterLazy() ? children : children + 1;
	}

	private boolean isMasterLazy() {
		return this.context.getEnvironment().getProperty("prefork.master.lazy", Boolean.class, true);
	}

	private static void failed(Finder finder, Throwable failure) {
		logger.debug(LogMessage.format("What %s looks for can't be told", finder.getClass().getSimpleName()), failure);
	}

	List<String> look(int children) {
		return look(children, FleetSurvey::failed);
	}

	List<String> look(int children, BiConsumer<Finder, Throwable> failed) {
		return lines(find(children, failed));
	}

	private static List<String> lines(List<Found> found) {
		return found.stream().flatMap((each) -> each.lines().stream()).toList();
	}

	private List<Found> find(int processes, BiConsumer<Finder, Throwable> failed) {
		ExistingBeans beans = new ExistingBeans(this.context.getBeanFactory());
		List<Found> found = new ArrayList<>();
		for (Finder finder : finders()) {
			try {
				List<String> lines = finder.find(beans, processes);
				if (!lines.isEmpty()) {
					found.add(new Found(finder.isInformation(), lines));
				}
			}
			catch (RuntimeException | LinkageError ex) {
				// Something of the application that can't be looked at; the rest can
				failed.accept(finder, ex);
			}
		}
		return found;
	}

	private List<Finder> finders() {
		List<Finder> finders = new ArrayList<>(List.of(new ScheduledMethods(), new Runners(), new StartListeners(),
				new MessageListeners(), new SelfStarters()));
		if (isPresent(SCRIPTS)) {
			finders.add(new DatabaseScripts(this.context));
		}
		if (isPresent(SchemaGeneration.FACTORY)) {
			finders.add(0, new SchemaGeneration());
		}
		if (isPresent(POOLS)) {
			finders.addAll(List.of(new ConnectionPools(), new MemoryDatabases()));
		}
		finders.add(new ReactivePools());
		if (isPresent(METERS)) {
			finders.add(new PushRegistries());
		}
		int port = this.context.getEnvironment().getProperty("local.server.port", Integer.class, -1);
		finders.add(new OtherPorts(port, ListeningPorts.ofThisProcess()));
		return finders;
	}

	private boolean isPresent(String type) {
		return ClassUtils.isPresent(type, this.context.getClassLoader());
	}

	/**
	 * What a finder has found.
	 *
	 * @param isInformation whether it is only to be known
	 * @param lines a line for each thing
	 */
	private record Found(boolean isInformation, List<String> lines) {

	}

}
