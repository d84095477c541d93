package io.github.prefork.autoconfigure;

import io.github.prefork.autoconfigure.lazy.LazyMasterInitializer;

import org.springframework.boot.SpringApplication;

/**
 * Makes the context of a master lazy, unless {@value #PROPERTY} is false.
 */
final class LazyMaster {

	static final String PROPERTY = "prefork.master.lazy";

	private LazyMaster() {
	}

	static void prepare(SpringApplication application, UserSettings settings) {
		boolean prepared = application.getInitializers().stream().anyMatch(LazyMasterInitializer.class::isInstance);
		if (!prepared && settings.get(PROPERTY, true)) {
			application.addInitializers(new LazyMasterInitializer());
		}
	}

}
