package com.example.app;

import io.github.prefork.ChildSpawned;
import io.github.prefork.MasterReady;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * Listeners of the fleet's events, of every kind.
 */
@Configuration(proxyBeanMethods = false)
public class ExampleHooks {

	@Bean
	Hook hook() {
		return new Hook();
	}

	@Bean
	ListenerHook listenerHook() {
		return new ListenerHook();
	}

	@Bean
	ApplicationListener<PayloadApplicationEvent<ChildSpawned>> lambdaHook() {
		Journal.add("lambda hook created");
		return (event) -> Journal.add("lambda hook heard");
	}

	/**
	 * Listens by methods, also to another event.
	 */
	public static class Hook {

		Hook() {
			Journal.add("hook created");
		}

		@EventListener
		void spawned(ChildSpawned event) {
			Journal.add("hook heard slot " + event.slot());
		}

		@EventListener(classes = MasterReady.class)
		void masterReady() {
			Journal.add("hook heard master ready");
		}

		@EventListener
		void ready(ApplicationReadyEvent event) {
			Journal.add("hook heard ready");
		}

	}

	/**
	 * Listens by its type.
	 */
	public static class ListenerHook implements ApplicationListener<PayloadApplicationEvent<ChildSpawned>> {

		ListenerHook() {
			Journal.add("listener hook created");
		}

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<ChildSpawned> event) {
			Journal.add("listener hook heard");
		}

	}

}
