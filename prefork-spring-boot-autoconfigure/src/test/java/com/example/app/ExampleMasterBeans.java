package com.example.app;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.LeaderChanged;
import io.github.prefork.PreforkRole;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

/**
 * Beans of an application that are wanted in a master, and some that are not.
 */
@Configuration(proxyBeanMethods = false)
public class ExampleMasterBeans {

	@Bean
	@ConditionalOnPreforkRole(PreforkRole.MASTER)
	Job job() {
		return new Job();
	}

	@Bean
	@ConditionalOnPreforkRole({ PreforkRole.MASTER, PreforkRole.STANDALONE })
	ApplicationRunner wantedRunner() {
		Journal.add("wanted runner created");
		return (args) -> Journal.add("wanted runner ran");
	}

	@Bean
	@ConditionalOnPreforkRole(PreforkRole.CHILD)
	ApplicationRunner childRunner() {
		return (args) -> Journal.add("runner of a child ran");
	}

	@Bean
	SchedulingConfigurer configurer() {
		Journal.add("configurer created");
		return (registrar) -> Journal.add("configurer asked");
	}

	@Bean
	SmartInitializingSingleton initializingSingleton() {
		Journal.add("initializing singleton created");
		return () -> Journal.add("initializing singleton called");
	}

	@Bean
	Follower follower() {
		return new Follower();
	}

	/**
	 * The beans of a whole class.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnPreforkRole(PreforkRole.MASTER)
	public static class Wanted {

		@Bean
		ExampleApplication.Consumer wantedConsumer() {
			return new ExampleApplication.Consumer();
		}

		@Bean
		ApplicationListener<ApplicationReadyEvent> wantedListener() {
			return (event) -> Journal.add("wanted listener heard");
		}

		@Bean
		SchedulingConfigurer wantedConfigurer() {
			return (registrar) -> Journal.add("wanted configurer asked");
		}

	}

	/**
	 * Has a scheduled method and listens to the start.
	 */
	public static class Job {

		@Scheduled(fixedDelay = 3_600_000)
		void work() {
			Journal.add("job worked");
		}

		@EventListener
		void ready(ApplicationReadyEvent event) {
			Journal.add("job heard ready");
		}

	}

	/**
	 * Listens to an event that comes in a child only.
	 */
	public static class Follower {

		Follower() {
			Journal.add("follower created");
		}

		@EventListener({ ApplicationReadyEvent.class, LeaderChanged.class })
		void adjust() {
			Journal.add("follower heard");
		}

	}

}
