package io.github.prefork.autoconfigure;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;

import io.github.prefork.ChildLauncher;
import io.github.prefork.master.EarlyChild;
import io.github.prefork.master.MasterSettings;
import io.github.prefork.master.listener.ListenerOptions;
import io.github.prefork.master.listener.PortProbe;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Launches the child of slot 0 as soon as the role is known, so that it starts while the
 * context of the master does, and keeps it until the fleet adopts it: as soon as all
 * beans are defined, if it is certain then what to listen on, or else when the web server
 * starts. If the application fails first, or turns out to have no fleet, the child is
 * killed. Whatever speaks against it, nothing is launched here: the fleet does it, or
 * says why not.
 */
final class EarlyLaunch implements ApplicationContextInitializer<ConfigurableApplicationContext>,
		ApplicationListener<ApplicationEvent>, Ordered {

	static final String PROPERTY = "prefork.master.early-launch";

	/**
	 * The name under which the context knows the child.
	 */
	static final String BEAN = "preforkEarlyChild";

	/**
	 * The name under which the context knows the fleet.
	 */
	static final String FLEET_BEAN = "preforkFleetAhead";

	private static final int DEFAULT_PORT = 8080;

	private final EarlyChild child;

	private final Place place;

	private final Log log;

	private @Nullable ConfigurableApplicationContext context;

	private @Nullable FleetAhead fleet;

	private EarlyLaunch(EarlyChild child, Place place, Log log) {
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
				Place place = Place.of(binder);
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

	private static void checkPorts(Binder binder, Place place, MasterSettings master) {
		// Checks them too
		new ListenerOptions(master.mode(), master.network(), master.supervisor().children(), place.address(),
				place.port(), master.backlog());
		PortProbe.check(new InetSocketAddress(place.address(), place.port()));
		int managementPort = port(binder, "management.server.port", 0);
		if (managementPort > 0) {
			PortProbe.check(new InetSocketAddress(address(binder, "management.server.address"), managementPort));
		}
	}

	private static @Nullable InetAddress address(Binder binder, String property) {
		return binder.bind(property, InetAddress.class).orElse(null);
	}

	private static int port(Binder binder, String property, int defaultPort) {
		return binder.bind(property, Integer.class).orElse(defaultPort);
	}

	/**
	 * The application has failed to start: stop the fleet, or kill the child.
	 * @param application the application
	 */
	static void failed(SpringApplication application) {
		application.getInitializers().forEach((initializer) -> {
			if (initializer instanceof EarlyLaunch launch) {
				launch.close();
			}
		});
	}

	private void close() {
		if (this.fleet != null) {
			this.fleet.close();
		}
		this.child.close();
	}

	@Override
	public int getOrder() {
		// Before others who work when all beans are defined, since it cannot be too early
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
		context.addBeanFactoryPostProcessor((beans) -> beansAreDefined(fleet, context, beans));
	}

	private void beansAreDefined(FleetAhead fleet, ConfigurableApplicationContext context,
			ConfigurableListableBeanFactory beans) {
		// Later it would only have cost more
		if (beans.getBeanNamesForType(ChildLauncher.class, true, false).length > 0) {
			this.child.close();
		}
		else if (FleetAhead.isAddressKnown(beans)) {
			try {
				startFleet(fleet, context.getEnvironment());
			}
			catch (RuntimeException | LinkageError ex) {
				this.log.debug("The fleet is not started ahead of the application", ex);
			}
		}
	}

	private void startFleet(FleetAhead fleet, ConfigurableEnvironment environment) {
		Binder binder = Binder.get(environment);
		// A random one for example is another one each time
		if (this.place.equals(Place.of(binder))) {
			PreforkProperties properties = binder.bindOrCreate("prefork", PreforkProperties.class);
			MasterSettings settings = masterSettings(properties, environment);
			if (this.child.fits(settings)) {
				fleet.start(settings.withDigests(SettingsDigest.of(environment, properties.getChild())),
						this.place.address(), this.place.port());
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

	/**
	 * What the web server listens on, as far as properties say so.
	 *
	 * @param address the address, {@code null} for any
	 * @param port the port
	 */
	private record Place(@Nullable InetAddress address, int port) {

		static Place of(Binder binder) {
			return new Place(EarlyLaunch.address(binder, "server.address"),
					EarlyLaunch.port(binder, "server.port", DEFAULT_PORT));
		}

	}

}
