package io.github.prefork;

import java.util.Arrays;
import java.util.Locale;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches if this process has one of the roles, and in ahead-of-time processing always.
 */
final class OnPreforkRoleCondition implements Condition {

	// As the environment post-processor names it, which no variable of the user's can do
	private static final String SOURCE = "prefork";

	private static final String AOT_PROCESSING = "spring.aot.processing";

	@Override
	public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
		PreforkRole role = role(context.getEnvironment());
		return Boolean.getBoolean(AOT_PROCESSING) || Arrays.asList(
				metadata.getAnnotations().get(ConditionalOnPreforkRole.class).getEnumArray("value", PreforkRole.class))
			.contains(role);
	}

	private static PreforkRole role(Environment environment) {
		PropertySource<?> source = (environment instanceof ConfigurableEnvironment configurable)
				? configurable.getPropertySources().get(SOURCE) : null;
		Object role = (source != null) ? source.getProperty("prefork.role") : null;
		return (role != null) ? PreforkRole.valueOf(role.toString().toUpperCase(Locale.ROOT)) : PreforkRole.STANDALONE;
	}

}
