package com.example.app;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Applications that say of some of their work that it is meant for each child.
 */
public final class ExampleDecisions {

	private ExampleDecisions() {
	}

	/**
	 * Says it of all work.
	 */
	@Configuration
	@EnableScheduling
	@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
	public static class Everything {

		@Bean
		CommandLineRunner importer() {
			return (args) -> {
			};
		}

		@Bean
		ExampleApplication.Consumer poller() {
			return new ExampleApplication.Consumer();
		}

		@Bean
		SchedulingConfigurer tasks() {
			return new Tasks();
		}

		@Scheduled(fixedDelay = 3_600_000, initialDelay = 3_600_000)
		void everyHour() {
		}

	}

	/**
	 * Says it at the classes and at a method.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	@Import({ Importer.class, Refresh.class })
	public static class EachBean {

		@Bean
		@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
		ExampleApplication.Consumer poller() {
			return new ExampleApplication.Consumer();
		}

		@Bean
		@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
		ExampleWork.Purge purge() {
			return new ExampleWork.Purge();
		}

	}

	/**
	 * Says it of one bean, and has another one of its class.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	public static class OneOfTwo {

		@Bean
		@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
		ExampleWork.Purge meant() {
			return new ExampleWork.Purge();
		}

		@Bean
		ExampleWork.Purge other() {
			return new ExampleWork.Purge();
		}

	}

	/**
	 * Says nothing of what others depend on.
	 */
	@Configuration(proxyBeanMethods = false)
	public static class Dependents {

		@Bean
		CommandLineRunner importer() {
			return (args) -> {
			};
		}

		@Bean
		Object progress(Prefork prefork, CommandLineRunner importer) {
			return new Object();
		}

		@Bean
		ExampleApplication.Consumer poller() {
			return new ExampleApplication.Consumer();
		}

		@Bean
		@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
		Object reader(ExampleApplication.Consumer poller) {
			return new Object();
		}

	}

	/**
	 * A runner that would claim its work.
	 */
	@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
	public static class Importer implements ApplicationRunner {

		@Override
		public void run(ApplicationArguments args) {
		}

	}

	/**
	 * Inherits its scheduled method.
	 */
	@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
	public static class Refresh extends Hourly {

	}

	/**
	 * Has a scheduled method for others.
	 */
	public abstract static class Hourly {

		@Scheduled(fixedDelay = 3_600_000, initialDelay = 3_600_000)
		void everyHour() {
		}

	}

	/**
	 * Schedules something that is no method of a bean.
	 */
	public static class Tasks implements SchedulingConfigurer {

		@Override
		public void configureTasks(ScheduledTaskRegistrar registrar) {
			registrar.addCronTask(() -> {
			}, "0 0 4 1 1 *");
		}

	}

}
