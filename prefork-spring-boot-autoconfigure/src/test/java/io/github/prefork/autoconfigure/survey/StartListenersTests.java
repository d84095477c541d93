package io.github.prefork.autoconfigure.survey;

import java.util.List;
import java.util.Set;

import com.example.app.ExampleListeners;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.StubFleet;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartListeners}, and for {@link Libraries}.
 */
class StartListenersTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withBean("prefork", Prefork.class,
			() -> new StubFleet(PreforkRole.CHILD));

	@Test
	void findWhenApplicationListensToItsStartNamesWhatNobodyHasMadeForAFleet() {
		this.runner.withUserConfiguration(ExampleListeners.class)
			.run((context) -> assertThat(new StartListeners().find(new ExistingBeans(context.getBeanFactory()), 4))
				.singleElement()
				.asString()
				.startsWith("listeners of start-up events, which a replacement calls again: "
						+ "ExampleListeners.Methods.refreshed, ExampleListeners.Methods.started, "
						+ "lambda, refreshed, smart. "));
	}

	@Test
	void findWhenOnlyPreforkListensNamesNothing() {
		this.runner.withBean("own", Own.class)
			.run((context) -> assertThat(new StartListeners().find(new ExistingBeans(context.getBeanFactory()), 4))
				.isEmpty());
	}

	@Test
	void ownWhenAnAutoConfigurationDeclaresABeanIsTrue() {
		this.runner.withUserConfiguration(ExampleListeners.class).run((context) -> {
			assertThat(owns(context.getBeanFactory(), Set.of("com.example"), List.of())).isTrue();
			assertThat(owns(context.getBeanFactory(), Set.of("com.example.app"), List.of())).isTrue();
			assertThat(owns(context.getBeanFactory(), Set.of("com.example.ap", "com.example.app.more"), List.of()))
				.isFalse();
			assertThat(owns(context.getBeanFactory(), Set.of("com.example"), List.of("com.example.app"))).isFalse();
			assertThat(owns(context.getBeanFactory(), Set.of("com.example.app"), List.of("com.example.app"))).isFalse();
		});
	}

	@Test
	void ownWhenAnAutoConfigurationIsWithinAPackageOfTheApplicationIsTrue() {
		this.runner.withUserConfiguration(ExampleListeners.class).run((context) -> {
			assertThat(owns(context.getBeanFactory(), Set.of("com.example.app"), List.of("com.example"))).isTrue();
			assertThat(owns(context.getBeanFactory(), Set.of("com", "com.example.app.more"), List.of("com.example")))
				.isFalse();
		});
	}

	@Test
	void ownWhenAnAutoConfigurationIsInAPackageAroundTheApplicationLeavesItsNeighbours() {
		this.runner.withUserConfiguration(ExampleListeners.class).run((context) -> {
			List<String> neighbour = List.of("com.example.shop");
			assertThat(owns(context.getBeanFactory(), Set.of("com.example"), neighbour)).isFalse();
			assertThat(owns(context.getBeanFactory(), Set.of("com.example.app"), neighbour)).isTrue();
			assertThat(owns(context.getBeanFactory(), Set.of("com.example.app"), List.of("com.example.app.shop")))
				.isTrue();
		});
	}

	@Test
	void findWhenOneListenerCannotTellNamesTheOthers() {
		this.runner.withUserConfiguration(ExampleListeners.class)
			.withBean("odd", ExampleListeners.Odd.class)
			.run((context) -> {
				context.getBean(ExampleListeners.Odd.class).forget();
				assertThat(new StartListeners().find(new ExistingBeans(context.getBeanFactory()), 4)).singleElement()
					.asString()
					.contains(", lambda, refreshed, smart. ");
			});
	}

	@Test
	void inFindsThePackagesOfAutoConfigurations() {
		this.runner.run((context) -> assertThat(Libraries.in(context.getBeanFactory()).packages())
			.contains("io.github.prefork.autoconfigure", "org.springframework.boot.jdbc.autoconfigure"));
	}

	private static boolean owns(ConfigurableListableBeanFactory beanFactory, Set<String> packages,
			List<String> ofApplication) {
		return new Libraries(packages, ofApplication).own(beanFactory, "lambda",
				beanFactory.getBean("lambda").getClass());
	}

	/**
	 * Is in a package of prefork's.
	 */
	static final class Own {

		@EventListener(ContextRefreshedEvent.class)
		void refreshed() {
		}

	}

}
