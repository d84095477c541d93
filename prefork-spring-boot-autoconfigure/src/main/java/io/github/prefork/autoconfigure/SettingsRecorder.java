package io.github.prefork.autoconfigure;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * Writes down what is bound, by canonical name. A value that can't be bound is written
 * down as it is: whoever needs it will say what is wrong with it.
 */
final class SettingsRecorder implements BindHandler {

	private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");

	private static final String SEPARATOR = "\0";

	private final Map<String, String> values = new TreeMap<>();

	Map<String, String> values() {
		return this.values;
	}

	@Override
	public Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
		record(name, context.getConfigurationProperty(), result);
		return result;
	}

	@Override
	public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
			Exception error) {
		ConfigurationProperty property = context.getConfigurationProperty();
		if (property != null) {
			record(name, property, property.getValue());
		}
		return null;
	}

	private void record(ConfigurationPropertyName name, @Nullable ConfigurationProperty property, Object value) {
		// After an object was bound, the context still holds the last property in it
		if (property != null && property.getName().equals(name)) {
			// A list may be given as one text or element by element
			this.values.merge(INDEX.matcher(name.toString()).replaceFirst(""), text(value),
					(elements, element) -> elements + SEPARATOR + element);
		}
	}

	private static String text(Object value) {
		return (value instanceof Collection<?> elements)
				? elements.stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR)) : value.toString();
	}

}
