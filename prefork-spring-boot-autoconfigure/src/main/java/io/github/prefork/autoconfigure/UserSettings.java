package io.github.prefork.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * The properties of an environment without those that prefork itself laid over them.
 * Names are relaxed as everywhere in Spring Boot.
 */
final class UserSettings {

	/** That of Micrometer Tracing, which may come later than these settings. */
	private static final String LOG_CORRELATION = "logCorrelation";

	private final Iterable<ConfigurationPropertySource> sources;

	private final Binder binder;

	private final MutablePropertySources all;

	UserSettings(ConfigurableEnvironment environment) {
		MutablePropertySources own = new MutablePropertySources(environment.getPropertySources());
		own.remove(RolePropertySource.NAME);
		own.remove(LOG_CORRELATION);
		this.sources = ConfigurationPropertySources.from(own);
		this.all = environment.getPropertySources();
		this.binder = new Binder(this.sources, new PropertySourcesPlaceholdersResolver(own));
	}

	/**
	 * Return whether the user has set a property, wherever.
	 * @param name the canonical name of the property
	 * @return whether some source has it
	 */
	boolean contains(String name) {
		return contains(this.sources, name);
	}

	static boolean contains(Iterable<ConfigurationPropertySource> sources, String name) {
		ConfigurationPropertyName propertyName = ConfigurationPropertyName.of(name);
		for (ConfigurationPropertySource source : sources) {
			if (source.getConfigurationProperty(propertyName) != null) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Bind properties as the user has set them.
	 * @param name the canonical name of their prefix
	 * @param target what to bind them to
	 * @param handler is told what is bound
	 */
	void bind(String name, Bindable<?> target, BindHandler handler) {
		this.binder.bind(name, target, handler);
	}

	/**
	 * Return the value of a property.
	 * @param <T> the type of the value
	 * @param name the canonical name of the property
	 * @param defaultValue the value if the user has not set it, of the wanted type
	 * @return the value
	 */
	@SuppressWarnings("unchecked")
	<T> T get(String name, T defaultValue) {
		return this.binder.bind(name, Bindable.of((Class<T>) defaultValue.getClass())).orElse(defaultValue);
	}

	/**
	 * Return what is set for the children alone.
	 * @return those properties
	 */
	ChildrenAlone forChildrenAlone() {
		return ChildrenAlone.of(this.binder.bindOrCreate("prefork.child", PreforkProperties.Child.class));
	}

	/**
	 * Return a value that Micrometer Tracing adds for the log. Unlike the user's settings
	 * it may not be there yet.
	 * @param name the name of the property
	 * @return the value, {@code null} if there is none now
	 */
	@Nullable Object logCorrelation(String name) {
		PropertySource<?> source = this.all.get(LOG_CORRELATION);
		return (source != null) ? source.getProperty(name) : null;
	}

}
