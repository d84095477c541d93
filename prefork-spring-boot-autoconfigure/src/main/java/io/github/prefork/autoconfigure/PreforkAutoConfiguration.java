package io.github.prefork.autoconfigure;

import io.github.prefork.ChildLauncher;
import io.github.prefork.PreforkRole;
import io.github.prefork.child.ClaimOutcome.Accepted;
import io.github.prefork.child.ProcessClaim;
import io.github.prefork.master.EarlyChild;
import io.github.prefork.master.MasterFleet;
import io.github.prefork.master.MasterSettings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.netty.http.server.HttpServer;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Auto-configuration of prefork: a web server factory that knows the role of its process,
 * and the fleet of a master. The role is state of the beans, not a condition, since
 * conditions are evaluated ahead of time where the application is processed so.
 */
@AutoConfiguration(after = PreforkRoleAutoConfiguration.class,
		beforeName = { "org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration",
				"org.springframework.boot.jetty.autoconfigure.reactive.JettyReactiveWebServerAutoConfiguration",
				"org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration" })
@EnableConfigurationProperties(PreforkProperties.class)
public final class PreforkAutoConfiguration {

	/**
	 * The web server of a reactive application and the fleet behind it.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HttpServer.class, NettyReactiveWebServerFactory.class })
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class WebServerConfiguration {

		private static final Log logger = LogFactory.getLog(PreforkAutoConfiguration.class);

		@Bean
		@Lazy
		MasterFleet preforkMasterFleet(PreforkProperties properties, ConfigurableApplicationContext context,
				ObjectProvider<ChildLauncher> launcher, ObjectProvider<EarlyChild> early,
				ObjectProvider<FleetAhead> ahead, ObjectProvider<ApplicationAvailability> availability) {
			Platform platform = Platform.current();
			platform.difference(properties.getListener()).ifPresent(logger::warn);
			FleetSettings settings = FleetSettings.of(properties, context.getEnvironment(), platform);
			MasterSettings master = settings.toMasterSettings()
				.withDigests(SettingsDigest.of(context.getEnvironment(), properties.getChild()));
			// It must hear of a readiness before the host, which may correct it
			availability.getIfAvailable();
			FleetAhead started = ahead.getIfAvailable();
			MasterFleet fleet = (started != null) ? started.handOver(master, launcher.getIfAvailable()) : null;
			if (fleet != null) {
				return fleet;
			}
			ApplicationFleetHost host = new ApplicationFleetHost(context);
			context.addApplicationListener(host);
			return new MasterFleet(master, launcher.getIfAvailable(), host, early.getIfAvailable());
		}

		@Bean(OwnFactoryCheck.FACTORY)
		@ConditionalOnMissingBean(value = ReactiveWebServerFactory.class, search = SearchStrategy.CURRENT)
		PreforkNettyReactiveWebServerFactory preforkReactiveWebServerFactory(ConfigurableApplicationContext context,
				ReactorResourceFactory resourceFactory, PreforkProperties properties, ObjectProvider<MasterFleet> fleet,
				ObjectProvider<NettyRouteProvider> routes, ObjectProvider<NettyServerCustomizer> customizers) {
			PreforkNettyReactiveWebServerFactory factory = new PreforkNettyReactiveWebServerFactory();
			factory.setResourceFactory(resourceFactory);
			PreforkRole role = RolePropertySource.roleOf(context.getEnvironment());
			if (role == PreforkRole.MASTER) {
				// Route providers and customizers may bring beans of the application
				factory.serveWith(fleet.getObject(), ManagementPort.of(context));
				return factory;
			}
			if (role == PreforkRole.CHILD && ProcessClaim.outcome() instanceof Accepted accepted) {
				factory.serveFor(accepted.link(), hasLauncher(context.getBeanFactory()));
				accepted.link().describe(ChildDescription.of(context, properties));
			}
			routes.orderedStream().forEach(factory::addRouteProviders);
			factory.getServerCustomizers().addAll(customizers.orderedStream().toList());
			return factory;
		}

		private static boolean hasLauncher(ListableBeanFactory beans) {
			return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, ChildLauncher.class, true,
					false).length > 0;
		}

		@Bean(OwnFactoryCheck.NAME)
		static OwnFactoryCheck preforkOwnFactoryCheck(ConfigurableEnvironment environment) {
			return new OwnFactoryCheck(environment);
		}

	}

}
