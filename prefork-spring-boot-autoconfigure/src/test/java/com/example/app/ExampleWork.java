package com.example.app;

import java.util.Set;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.LeaderChanged;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.CommandLineRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * An application that does something by itself in every way.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class ExampleWork {

	@Bean
	Purge purge() {
		return new Purge();
	}

	@Bean
	LeadersReport report(Prefork prefork) {
		return new LeadersReport();
	}

	@Bean
	CommandLineRunner importer() {
		return (args) -> {
		};
	}

	@Bean
	@ConditionalOnPreforkRole(PreforkRole.STANDALONE)
	CommandLineRunner decided() {
		return (args) -> {
		};
	}

	@Bean
	ExampleApplication.Consumer poller() {
		return new ExampleApplication.Consumer();
	}

	@Bean
	ExampleApplication.Consumer steered() {
		return new ExampleApplication.Consumer();
	}

	@Bean
	Steering steering(@Qualifier("steered") ExampleApplication.Consumer consumer) {
		return new Steering();
	}

	@Bean
	Registry listeners() {
		return new Registry(Set.of("a", "b"));
	}

	@Bean
	Registry noListeners() {
		return new Registry(Set.of());
	}

	@Bean
	@Lazy
	CommandLineRunner lazyRunner() {
		throw new IllegalStateException("Created by looking");
	}

	/**
	 * Has a scheduled method.
	 */
	public static class Purge {

		@Scheduled(fixedDelay = 3_600_000, initialDelay = 3_600_000)
		void everyHour() {
		}

	}

	/**
	 * Has a scheduled method, and knows who leads.
	 */
	public static class LeadersReport {

		@Scheduled(fixedDelay = 3_600_000, initialDelay = 3_600_000)
		void daily() {
		}

	}

	/**
	 * Would start and stop something as it hears who leads.
	 */
	public static class Steering {

		@EventListener
		void changed(LeaderChanged event) {
		}

	}

	/**
	 * Looks like a registry of message listeners.
	 */
	public static class Registry extends ExampleApplication.Consumer {

		private final Set<String> ids;

		Registry(Set<String> ids) {
			this.ids = ids;
		}

		public Set<String> getListenerContainerIds() {
			return this.ids;
		}

	}

}
