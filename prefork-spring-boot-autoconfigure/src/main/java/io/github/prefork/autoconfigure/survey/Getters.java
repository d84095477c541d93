package io.github.prefork.autoconfigure.survey;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * Asks objects of libraries that need not be there, or that tell only their subclasses.
 */
final class Getters {

	private Getters() {
	}

	/**
	 * Call a method without parameters, whoever may see it.
	 * @param target the object
	 * @param name the name of the method
	 * @return what it returns, or {@code null} if there is no such method
	 */
	static @Nullable Object get(Object target, String name) {
		Method method = ReflectionUtils.findMethod(target.getClass(), name);
		if (method == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(method);
		return ReflectionUtils.invokeMethod(method, target);
	}

}
