package com.example.app;

import reactor.core.publisher.Mono;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * An application with a bean of every kind that works by itself.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
public class ExampleApplication {

	@Bean
	ReactiveWebServerFactory webServerFactory() {
		return (handler) -> new IdleWebServer();
	}

	@Bean
	HttpHandler httpHandler() {
		Journal.add("handler created");
		return (request, response) -> Mono.empty();
	}

	@Bean
	Runner runner() {
		return new Runner();
	}

	@Bean
	CommandLineRunner lambdaRunner() {
		Journal.add("lambda runner created");
		return (args) -> Journal.add("lambda runner ran");
	}

	@Bean
	Ticker ticker() {
		return new Ticker();
	}

	@Bean
	Consumer consumer() {
		return new Consumer();
	}

	@Bean
	StartMethods startMethods() {
		return new StartMethods();
	}

	@Bean
	ReadyListener readyListener() {
		return new ReadyListener();
	}

	@Bean
	ApplicationListener<ApplicationStartedEvent> lambdaListener() {
		Journal.add("lambda listener created");
		return (event) -> Journal.add("lambda listener heard");
	}

	/**
	 * Runs at start.
	 */
	public static class Runner implements ApplicationRunner {

		Runner() {
			Journal.add("runner created");
		}

		@Override
		public void run(ApplicationArguments args) {
			Journal.add("runner ran");
		}

	}

	/**
	 * Has a scheduled method.
	 */
	public static class Ticker {

		Ticker() {
			Journal.add("ticker created");
		}

		@Scheduled(fixedDelay = 3_600_000)
		void tick() {
			Journal.add("ticked");
		}

	}

	/**
	 * Consumes by itself from its start on.
	 */
	public static class Consumer implements SmartLifecycle {

		private volatile boolean running;

		Consumer() {
			Journal.add("consumer created");
		}

		@Override
		public void start() {
			this.running = true;
			Journal.add("consumer started");
		}

		@Override
		public void stop() {
			this.running = false;
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

	}

	/**
	 * Listens to the start by a method.
	 */
	public static class StartMethods {

		StartMethods() {
			Journal.add("start methods created");
		}

		@EventListener
		void ready(ApplicationReadyEvent event) {
			Journal.add("start methods heard");
		}

	}

	/**
	 * Listens to the start by its type.
	 */
	public static class ReadyListener implements ApplicationListener<ApplicationReadyEvent> {

		ReadyListener() {
			Journal.add("ready listener created");
		}

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			Journal.add("ready listener heard");
		}

	}

	/**
	 * A web server that does nothing.
	 */
	private static final class IdleWebServer implements WebServer {

		@Override
		public void start() {
			Journal.add("server started");
		}

		@Override
		public void stop() {
			Journal.add("server stopped");
		}

		@Override
		public int getPort() {
			return 0;
		}

	}

}
