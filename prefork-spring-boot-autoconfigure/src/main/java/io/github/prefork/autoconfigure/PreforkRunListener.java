package io.github.prefork.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Hears of a failed start in any case. An event of it does not reach whoever has
 * registered after the environment was prepared, unless the context is there.
 */
class PreforkRunListener implements SpringApplicationRunListener {

	private final SpringApplication application;

	PreforkRunListener(SpringApplication application) {
		this.application = application;
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		EarlyLaunch.failed(this.application);
	}

}
