package com.example.app;

import org.springframework.boot.web.server.reactive.context.ReactiveWebServerInitializedEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Registers the service when its web server has started.
 */
public class ExampleRegistration
		implements AutoServiceRegistration, SmartLifecycle, ApplicationListener<ReactiveWebServerInitializedEvent> {

	ExampleRegistration() {
		Journal.add("registration created");
	}

	@Override
	public void onApplicationEvent(ReactiveWebServerInitializedEvent event) {
		Journal.add("registered port " + event.getWebServer().getPort());
	}

	@Override
	public void start() {
		Journal.add("registration started");
	}

	@Override
	public void stop() {
	}

	@Override
	public boolean isRunning() {
		return false;
	}

}
