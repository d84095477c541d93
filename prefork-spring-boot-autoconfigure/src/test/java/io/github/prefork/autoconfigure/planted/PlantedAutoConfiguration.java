package io.github.prefork.autoconfigure.planted;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Has the wrong shape for an auto-configuration.
 */
@AutoConfiguration
public class PlantedAutoConfiguration {

	@Autowired
	private @Nullable String plantedField;

	@Bean
	public String plantedBean() {
		return "planted with " + this.plantedField;
	}

}
