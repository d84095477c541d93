package io.github.prefork.autoconfigure;

import java.net.InetAddress;
import java.util.Arrays;

import io.github.prefork.ChildLauncher;
import io.github.prefork.master.EarlyChild;
import io.github.prefork.master.MasterFleet;
import io.github.prefork.master.MasterSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.MethodMetadata;

/**
 * The fleet of a master while its application context is being refreshed: the child that
 * was launched early may serve before the context is there. Used by the thread that
 * starts the application.
 */
final class FleetAhead {

	private static final Log logger = LogFactory.getLog(FleetAhead.class);

	/** Its customizers take port and address from the properties that we look at. */
	private static final String SPRING_BOOT = "org.springframework.boot.";

	private final ConfigurableApplicationContext context;

	private final EarlyChild child;

	private @Nullable ApplicationFleetHost host;

	private @Nullable MasterFleet fleet;

	FleetAhead(ConfigurableApplicationContext context, EarlyChild child) {
		this.context = context;
		this.child = child;
	}

	/**
	 * Start the fleet.
	 * @param settings its settings
	 * @param address {@code server.address}
	 * @param port {@code server.port}
	 */
	void start(MasterSettings settings, @Nullable InetAddress address, int port) {
		ApplicationFleetHost host = new ApplicationFleetHost(this.context);
		MasterFleet fleet = new MasterFleet(settings, null, host, this.child);
		this.host = host;
		this.fleet = fleet;
		fleet.startAhead(address, port);
	}

	/**
	 * Return whether the properties alone say what the web server listens on. Nobody may
	 * be let in at an address that turns out to be another one.
	 * @param beans the beans of the application, all of them defined
	 * @return whether nobody may change that
	 */
	static boolean isAddressKnown(ConfigurableListableBeanFactory beans) {
		return Arrays.equals(beans.getBeanNamesForType(ReactiveWebServerFactory.class, true, false),
				new String[] { OwnFactoryCheck.FACTORY })
				&& Arrays.stream(beans.getBeanNamesForType(WebServerFactoryCustomizer.class, true, false))
					.allMatch((name) -> isOfSpringBoot(beans, name));
	}

	private static boolean isOfSpringBoot(ConfigurableListableBeanFactory beans, String name) {
		String origin = beans.containsBeanDefinition(name) ? origin(beans, name) : null;
		return origin != null && origin.startsWith(SPRING_BOOT);
	}

	private static @Nullable String origin(ConfigurableListableBeanFactory beans, String name) {
		BeanDefinition definition = beans.getBeanDefinition(name);
		MethodMetadata method = (definition instanceof AnnotatedBeanDefinition annotated)
				? annotated.getFactoryMethodMetadata() : null;
		if (method != null) {
			return method.getDeclaringClassName();
		}
		// One that is declared as an interface may be of any class
		Class<?> type = beans.getType(name, false);
		return (type != null && !type.isInterface()) ? type.getName() : null;
	}

	/**
	 * Hand over the fleet, unless another one is needed; this one is stopped then.
	 * @param settings the settings of the fleet
	 * @param launcher the launcher of the application, {@code null} for none
	 * @return the fleet, {@code null} if another one is needed
	 */
	@Nullable MasterFleet handOver(MasterSettings settings, @Nullable ChildLauncher launcher) {
		MasterFleet fleet = this.fleet;
		if (fleet == null || this.host == null) {
			return null;
		}
		if (launcher != null || !fleet.settings().equals(settings)) {
			logger.info("The settings of the fleet are others than the properties of the application said. "
					+ "It is stopped and started anew");
			fleet.stopAhead();
			return null;
		}
		this.context.addApplicationListener(this.host);
		return fleet;
	}

	/**
	 * Stop the fleet if no web server has taken it over.
	 */
	void close() {
		if (this.fleet != null) {
			this.fleet.stopAhead();
		}
	}

}
