package io.github.prefork.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.prefork.ChildReady;
import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.PreforkEvent;
import io.github.prefork.autoconfigure.lazy.LazyMasterInitializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link FleetPublisher} in lazy masters and others, with an application that
 * makes its events asynchronous and swallows what listeners throw.
 */
class FleetPublisherTests {

	private static final ChildSpawned SPAWNED = new ChildSpawned(1, 0, 4711);

	private static final ChildRecovered RECOVERED = new ChildRecovered(1, 0, 4710, 4711);

	private static final List<String> heard = new CopyOnWriteArrayList<>();

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	private final FleetPublisher publisher = new FleetPublisher(this.context);

	@AfterEach
	void close() {
		this.context.close();
		heard.clear();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void publishCallsListenersInOrderOnThisThread(boolean lazy) {
		start(lazy, Multicaster.class, Hooks.class, OrderedListener.class);
		this.publisher.publish(SPAWNED);
		String thread = " on " + Thread.currentThread().getName();
		assertThat(heard).containsExactly("first" + thread, "second, a bean" + thread, "third, of all" + thread);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void publishWhenListenerThrowsPassesItOnAndCallsNoFurther(boolean lazy) {
		start(lazy, Multicaster.class, Hooks.class, OrderedListener.class);
		assertThatIllegalStateException().isThrownBy(() -> this.publisher.publish(RECOVERED)).withMessage("planned");
		assertThat(heard).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void publishWhenBeanHasChangedTheMulticasterIsSynchronous(boolean lazy) {
		start(lazy, Hooks.class, OrderedListener.class);
		makeAsynchronous(this.context.getBean(SimpleApplicationEventMulticaster.class));
		assertThatIllegalStateException().isThrownBy(() -> this.publisher.publish(RECOVERED)).withMessage("planned");
		this.publisher.publish(SPAWNED);
		assertThat(heard).hasSize(3).allMatch((line) -> line.endsWith(Thread.currentThread().getName()));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void publishWhenListenerIsAsyncDoesNotLearnOfItsFailure(boolean lazy) {
		start(lazy, AsyncHooks.class);
		this.publisher.publish(RECOVERED);
		Awaitility.await().until(() -> !heard.isEmpty());
		assertThat(heard).noneMatch((line) -> line.endsWith(Thread.currentThread().getName()));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void publishReachesContextsAboveAndNotBelow(boolean lazy) {
		try (AnnotationConfigApplicationContext above = new AnnotationConfigApplicationContext();
				AnnotationConfigApplicationContext below = new AnnotationConfigApplicationContext()) {
			above.addApplicationListener(
					(PayloadApplicationEvent<ChildSpawned> event) -> heard.add("above " + event.getPayload()));
			above.refresh();
			this.context.setParent(above);
			start(lazy);
			below.setParent(this.context);
			below.addApplicationListener((PayloadApplicationEvent<ChildSpawned> event) -> heard.add("below"));
			below.refresh();
			this.publisher.publish(SPAWNED);
			assertThat(heard).containsExactly("above " + SPAWNED);
		}
	}

	@Test
	void publishWhenTheRefreshHasFailedReachesContextsAbove() {
		start(false);
		this.context.addApplicationListener((PayloadApplicationEvent<ChildSpawned> event) -> heard.add("above"));
		AnnotationConfigApplicationContext failed = new AnnotationConfigApplicationContext();
		failed.setParent(this.context);
		failed.registerBean("failing", Object.class, () -> {
			throw new IllegalStateException("The refresh fails");
		});
		assertThatExceptionOfType(BeanCreationException.class).isThrownBy(failed::refresh);
		new FleetPublisher(failed).publish(SPAWNED);
		assertThat(heard).containsExactly("above");
	}

	@Test
	void publishWhenListenerIsAddedLaterCallsIt() {
		start(false, Multicaster.class);
		this.publisher.publish(SPAWNED);
		this.context.addApplicationListener((PayloadApplicationEvent<PreforkEvent> event) -> heard.add("late"));
		this.publisher.publish(SPAWNED);
		assertThat(heard).containsExactly("late");
	}

	private void start(boolean lazy, Class<?>... components) {
		if (lazy) {
			new LazyMasterInitializer().initialize(this.context);
		}
		if (components.length > 0) {
			this.context.register(components);
		}
		this.context.refresh();
	}

	private static void hear(String what) {
		heard.add(what + " on " + Thread.currentThread().getName());
	}

	private static void makeAsynchronous(SimpleApplicationEventMulticaster multicaster) {
		multicaster.setTaskExecutor(new SimpleAsyncTaskExecutor("elsewhere"));
		multicaster.setErrorHandler((failure) -> hear("swallowed"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Multicaster {

		@Bean
		SimpleApplicationEventMulticaster applicationEventMulticaster() {
			SimpleApplicationEventMulticaster multicaster = new SimpleApplicationEventMulticaster();
			makeAsynchronous(multicaster);
			return multicaster;
		}

	}

	static class Hooks {

		@Order(3)
		@EventListener(condition = "#event instanceof T(io.github.prefork.ChildSpawned)")
		void all(PreforkEvent event) {
			hear("third, of all");
		}

		@Order(1)
		@EventListener
		void spawned(ChildSpawned event) {
			hear("first");
		}

		@Order(1)
		@EventListener
		void fail(ChildRecovered event) {
			throw new IllegalStateException("planned");
		}

		@Order(2)
		@EventListener
		void recovered(ChildRecovered event) {
			hear("after the failure");
		}

		@EventListener
		void other(ChildReady event) {
			hear("other");
		}

	}

	@Order(2)
	static class OrderedListener implements ApplicationListener<PayloadApplicationEvent<ChildSpawned>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<ChildSpawned> event) {
			assertThat(event.getSource()).isInstanceOf(ApplicationContext.class);
			hear("second, a bean");
		}

	}

	@EnableAsync
	static class AsyncHooks {

		@Async
		@EventListener
		void fail(ChildRecovered event) {
			hear("async");
			throw new IllegalStateException("planned");
		}

	}

}
