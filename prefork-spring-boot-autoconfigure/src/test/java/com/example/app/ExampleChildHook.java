package com.example.app;

import io.github.prefork.LeaderChanged;
import io.github.prefork.MasterDied;
import io.github.prefork.SlotAssigned;

import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * Listeners of what is published in a child only.
 */
@Configuration(proxyBeanMethods = false)
public class ExampleChildHook {

	@Bean
	Hook childHook() {
		Journal.add("child hook created");
		return new Hook();
	}

	@Bean
	ApplicationListener<PayloadApplicationEvent<SlotAssigned>> childListener() {
		Journal.add("child listener created");
		return (event) -> Journal.add("child listener heard");
	}

	/**
	 * Listens by methods.
	 */
	public static class Hook {

		@EventListener
		void leader(LeaderChanged event) {
			Journal.add("child hook heard leader");
		}

		@EventListener(classes = MasterDied.class)
		void orphaned() {
			Journal.add("child hook heard death");
		}

	}

}
