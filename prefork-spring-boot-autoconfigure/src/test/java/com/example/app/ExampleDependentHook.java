package com.example.app;

import io.github.prefork.ChildSpawned;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * A hook that depends on beans which work by themselves.
 */
@Configuration(proxyBeanMethods = false)
public class ExampleDependentHook {

	ExampleDependentHook(ExampleApplication.Consumer consumer, ExampleApplication.ReadyListener listener) {
		Journal.add("dependent hook created");
	}

	@EventListener
	void spawned(ChildSpawned event) {
		Journal.add("dependent hook heard");
	}

}
