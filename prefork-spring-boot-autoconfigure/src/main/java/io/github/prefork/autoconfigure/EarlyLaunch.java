package io.github.prefork.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.prefork.ChildLauncher;
import io.github.prefork.master.EarlyChild;
import io.github.prefork.master.MasterSettings;
import io.github.prefork.master.WantedServer;
import io.github.prefork.master.listener.ListenerOptions;
import io.github.prefork.master.listener.PortProbe;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Launches the child of slot 0 as soon as the role is known, and keeps it until the fleet
 * adopts it: as soon as the child asks for listeners, if it wants to listen where the
 * properties of the master say, or else when the web server starts. If the application
 * fails first, or turns out to have no fleet, the child is killed. Whatever speaks
 * against it, nothing is launched here: the fleet does it, or says why not.
 */
final class EarlyLaunch implements ApplicationContextInitializer<ConfigurableApplicationContext>,
		ApplicationListener<ApplicationEvent>, Ordered {

	private static final Log logger = LogFactory.getLog(EarlyLaunch.class);

	static final String PROPERTY = "prefork.master.early-launch";

	/**
	 * The name under which the context knows the child.
	 */
	static final String BEAN = "preforkEarlyChild";

	/**
	 * The name under which the context knows the fleet.
	 */
	static final String FLEET_BEAN = "preforkFleetAhead";

	private final EarlyChild child;

	private final ServerPlace place;

	private final Log log;

	private @Nullable ConfigurableApplicationContext context;

	private @Nullable FleetAhead fleet;

	private EarlyLaunch(EarlyChild child, ServerPlace place, Log log) {
		this.child = child;
		this.place = place;
		this.log = log;
	}

	/**
	 * Launch the child for an application that is the master, if that can do no harm.
	 * @param application the application
	 * @param environment its environment
	 * @param launcher launches the child
	 * @param log takes the reason if it is not launched
	 */
	static void attempt(SpringApplication application, ConfigurableEnvironment environment,
			Function<MasterSettings, EarlyChild> launcher, Log log) {
		try {
			Binder binder = Binder.get(environment);
			if (binder.bind(PROPERTY, Boolean.class).orElse(true)) {
				PreforkProperties properties = binder.bindOrCreate("prefork", PreforkProperties.class);
				MasterSettings master = masterSettings(properties, environment);
				ServerPlace place = ServerPlace.of(binder);
				checkPorts(binder, place, master);
				application.addInitializers(new EarlyLaunch(launcher.apply(master), place, log));
			}
		}
		catch (RuntimeException | LinkageError ex) {
			log.debug("No child is launched early", ex);
		}
	}

	private static MasterSettings masterSettings(PreforkProperties properties, ConfigurableEnvironment environment) {
		return FleetSettings.of(properties, environment, Platform.current()).toMasterSettings();
	}

	private static void checkPorts(Binder binder, ServerPlace place, MasterSettings master) {
		// Checks them too
		new ListenerOptions(master.mode(), master.network(), master.supervisor().children(), place.address(),
				place.port(), master.backlog());
		PortProbe.check(new InetSocketAddress(place.address(), place.port()));
		int managementPort = binder.bind("management.server.port", Integer.class).orElse(0);
		if (managementPort > 0) {
			InetAddress address = binder.bind("management.server.address", InetAddress.class).orElse(null);
			PortProbe.check(new InetSocketAddress(address, managementPort));
		}
	}

	/**
	 * The context of the application is about to be refreshed: wait until the child
	 * serves, if it can do so without that context. Both together would need as much
	 * processor time, and nobody would be answered before the end of both.
	 * @param application the application
	 */
	static void contextLoaded(SpringApplication application) {
		ofApplication(application).forEach(EarlyLaunch::letTheChildServe);
	}

	/**
	 * The application has failed to start: stop the fleet, or kill the child.
	 * @param application the application
	 */
	static void failed(SpringApplication application) {
		ofApplication(application).forEach(EarlyLaunch::close);
	}

	private static Stream<EarlyLaunch> ofApplication(SpringApplication application) {
		return application.getInitializers()
			.stream()
			.filter(EarlyLaunch.class::isInstance)
			.map(EarlyLaunch.class::cast);
	}

	private void close() {
		if (this.fleet != null) {
			this.fleet.close();
		}
		this.child.close();
	}

	@Override
	public int getOrder() {
		// Before others who work when all beans are defined
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		this.context = context;
		context.addApplicationListener(this);
		FleetAhead fleet = new FleetAhead(context, this.child);
		this.fleet = fleet;
		context.getBeanFactory().registerSingleton(BEAN, this.child);
		context.getBeanFactory().registerSingleton(FLEET_BEAN, fleet);
		context.addBeanFactoryPostProcessor(this::beansAreDefined);
	}

	private void beansAreDefined(ConfigurableListableBeanFactory beans) {
		// Later it would only have cost more
		if (beans.getBeanNamesForType(ChildLauncher.class, true, false).length > 0) {
			this.child.close();
		}
	}

	private void letTheChildServe() {
		FleetAhead fleet = this.fleet;
		// Without a web server there is no fleet
		if (fleet != null && this.context instanceof WebServerApplicationContext) {
			try {
				letTheChildServe(fleet, this.context.getEnvironment());
			}
			catch (RuntimeException | LinkageError ex) {
				this.log.debug("The fleet is not started ahead of the application", ex);
			}
		}
	}

	private void letTheChildServe(FleetAhead fleet, ConfigurableEnvironment environment) {
		WantedServer wanted = this.child.awaitWanted().orElse(null);
		if (wanted != null && wanted.ownLauncher()) {
			this.child.close();
		}
		else if (wanted != null && !this.place.isWantedBy(wanted)) {
			logger.info("The child of slot 0 is to listen on %s, and the properties of the master say %s: it waits "
				.formatted(ServerPlace.text(wanted.address(), wanted.port()), this.place)
					+ "until the application context of the master has started");
		}
		else if (wanted != null) {
			PreforkProperties properties = Binder.get(environment).bindOrCreate("prefork", PreforkProperties.class);
			MasterSettings settings = masterSettings(properties, environment)
				.withDigests(SettingsDigest.of(environment, properties.getChild()));
			// Its context has all sources of properties, this one lacks some
			if (settings.digests().equals(wanted.digests()) && this.child.fits(settings)) {
				fleet.start(settings, this.place.address(), this.place.port());
				this.child.awaitServing();
			}
		}
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		// The web server has started before this, if there is one
		boolean over = event instanceof ContextRefreshedEvent || event instanceof ContextClosedEvent;
		if (over && event.getSource() == this.context) {
			close();
		}
	}

}
