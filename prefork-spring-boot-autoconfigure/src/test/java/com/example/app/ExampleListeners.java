package com.example.app;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;

import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SmartApplicationListener;

/**
 * An application that listens to its start in every way.
 */
@Configuration(proxyBeanMethods = false)
public class ExampleListeners {

	@Bean
	Methods methods() {
		return new Methods();
	}

	@Bean
	@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
	Meant meant() {
		return new Meant();
	}

	@Bean
	Knowing knowing(Prefork prefork) {
		return new Knowing();
	}

	@Bean
	Refreshed refreshed() {
		return new Refreshed();
	}

	@Bean
	ApplicationListener<ApplicationStartedEvent> lambda() {
		return (event) -> {
		};
	}

	@Bean
	ApplicationListener<ApplicationEvent> everything() {
		return (event) -> {
		};
	}

	@Bean
	Smart smart() {
		return new Smart(ApplicationReadyEvent.class);
	}

	@Bean
	Smart curious() {
		return new Smart(ApplicationEvent.class);
	}

	/**
	 * Has listener methods.
	 */
	public static class Methods {

		@EventListener
		void started(ApplicationStartedEvent event) {
		}

		@EventListener({ ContextRefreshedEvent.class, ContextClosedEvent.class })
		void refreshed() {
		}

		@EventListener(ApplicationPreparedEvent.class)
		void prepared() {
		}

		@EventListener
		void closed(ContextClosedEvent event) {
		}

		@EventListener
		void any(ApplicationEvent event) {
		}

	}

	/**
	 * Is meant to be told in each child.
	 */
	public static class Meant extends Methods {

	}

	/**
	 * Knows the fleet.
	 */
	public static class Knowing extends Methods {

	}

	/**
	 * Names its event as a class does.
	 */
	public static class Refreshed implements ApplicationListener<ContextRefreshedEvent> {

		@Override
		public void onApplicationEvent(ContextRefreshedEvent event) {
		}

	}

	/**
	 * Says by itself what it hears.
	 */
	public static class Smart implements SmartApplicationListener {

		private final Class<?> heard;

		Smart(Class<?> heard) {
			this.heard = heard;
		}

		@Override
		public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
			return this.heard.isAssignableFrom(eventType);
		}

		@Override
		public void onApplicationEvent(ApplicationEvent event) {
		}

	}

	/**
	 * Forgets what it hears.
	 */
	public static class Odd extends Smart {

		private volatile boolean forgotten;

		public Odd() {
			super(ContextClosedEvent.class);
		}

		public void forget() {
			this.forgotten = true;
		}

		@Override
		public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
			if (this.forgotten) {
				throw new IllegalStateException("Not known");
			}
			return super.supportsEventType(eventType);
		}

	}

}
