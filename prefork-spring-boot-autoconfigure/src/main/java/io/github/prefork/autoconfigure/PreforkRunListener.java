package io.github.prefork.autoconfigure;

import io.github.prefork.child.ChildClasses;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationRunListener;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Hears of the start before anybody else, and of a failed start in any case. An event of
 * it does not reach whoever has registered after the environment was prepared, unless the
 * context is there.
 */
class PreforkRunListener implements SpringApplicationRunListener {

	private final SpringApplication application;

	private final String[] arguments;

	PreforkRunListener(SpringApplication application, String[] arguments) {
		this.application = application;
		this.arguments = arguments;
	}

	@Override
	public void starting(ConfigurableBootstrapContext bootstrapContext) {
		EarlyLoading.begin(this.application, this.arguments);
		ChildClasses.begin(this.application.getClassLoader());
	}

	@Override
	public void contextLoaded(ConfigurableApplicationContext context) {
		EarlyLaunch.contextLoaded(this.application);
	}

	@Override
	public void failed(@Nullable ConfigurableApplicationContext context, Throwable exception) {
		EarlyLaunch.failed(this.application);
	}

}
