package io.github.prefork.autoconfigure.survey;

import java.lang.reflect.Method;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.util.ReflectionUtils;

/**
 * Asks objects of libraries that need not be there, or that tell only their subclasses.
 */
final class Getters {

	private static final Log logger = LogFactory.getLog(FleetSurvey.LOGGER);

	private Getters() {
	}

	/**
	 * Call a method without parameters, whoever may see it.
	 * @param target the object
	 * @param name the name of the method
	 * @return what it returns, or {@code null} if there is no such method or it fails
	 */
	static @Nullable Object get(Object target, String name) {
		try {
			Method method = ReflectionUtils.findMethod(target.getClass(), name);
			if (method == null) {
				return null;
			}
			ReflectionUtils.makeAccessible(method);
			return ReflectionUtils.invokeMethod(method, target);
		}
		catch (RuntimeException | LinkageError ex) {
			// One object that can't tell hides none of the others
			logger.debug(LogMessage.format("%s of %s can't be told", name, target.getClass().getName()), ex);
			return null;
		}
	}

}
