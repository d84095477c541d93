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
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Launches the child of slot 0 as soon as the role is known, so that it starts while the
 * context of the master does, and keeps it until the fleet adopts it. If the application
 * fails first, or turns out to have no fleet, the child is killed. Whatever speaks
 * against it, nothing is launched here: the fleet does it, or says why not.
 */
final class EarlyLaunch implements ApplicationContextInitializer<ConfigurableApplicationContext>,
		ApplicationListener<ApplicationEvent> {

	static final String PROPERTY = "prefork.master.early-launch";

	/**
	 * The name under which the context knows the child.
	 */
	static final String BEAN = "preforkEarlyChild";

	private static final int DEFAULT_PORT = 8080;

	private final EarlyChild child;

	private @Nullable ConfigurableApplicationContext context;

	private EarlyLaunch(EarlyChild child) {
		this.child = child;
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
				MasterSettings master = masterSettings(binder, environment);
				checkPorts(binder, master);
				application.addInitializers(new EarlyLaunch(launcher.apply(master)));
			}
		}
		catch (RuntimeException | LinkageError ex) {
			log.debug("No child is launched early", ex);
		}
	}

	private static MasterSettings masterSettings(Binder binder, ConfigurableEnvironment environment) {
		PreforkProperties properties = binder.bindOrCreate("prefork", PreforkProperties.class);
		return FleetSettings.of(properties, environment, Platform.current()).toMasterSettings();
	}

	private static void checkPorts(Binder binder, MasterSettings master) {
		InetAddress address = address(binder, "server.address");
		int port = port(binder, "server.port", DEFAULT_PORT);
		// Checks them too
		new ListenerOptions(master.mode(), master.network(), master.supervisor().children(), address, port,
				master.backlog());
		PortProbe.check(new InetSocketAddress(address, port));
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
	 * The application has failed to start: kill the child.
	 * @param application the application
	 */
	static void failed(SpringApplication application) {
		application.getInitializers().forEach((initializer) -> {
			if (initializer instanceof EarlyLaunch launch) {
				launch.child.close();
			}
		});
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		this.context = context;
		context.addApplicationListener(this);
		context.getBeanFactory().registerSingleton(BEAN, this.child);
		context.addBeanFactoryPostProcessor(this::leaveToLauncher);
	}

	private void leaveToLauncher(ConfigurableListableBeanFactory beans) {
		// Later it would only have cost more
		if (beans.getBeanNamesForType(ChildLauncher.class, true, false).length > 0) {
			this.child.close();
		}
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		// The web server has started before this, if there is one
		boolean over = event instanceof ContextRefreshedEvent || event instanceof ContextClosedEvent;
		if (over && event.getSource() == this.context) {
			this.child.close();
		}
	}

}
