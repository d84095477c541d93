package io.github.prefork.autoconfigure.survey;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.context.Lifecycle;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Containers of message listeners: those of Kafka, RabbitMQ, JMS, Pulsar and Redis.
 */
final class MessageListeners implements Finder {

	private static final String CONTAINER = "MessageListenerContainer";

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		List<String> found = new ArrayList<>();
		beans.unsteered().forEach((name, bean) -> {
			int containers = containers(bean);
			if (containers > 0 && bean.isRunning()) {
				found.add(name + " (" + containers + ")");
			}
		});
		return found.isEmpty() ? List.of() : List.of("message listeners: " + String.join(", ", found)
				+ ". Divide their concurrency by the number of children, and have them in one group");
	}

	static boolean areStartedBy(Lifecycle bean) {
		return isContainer(bean) || ids(bean) != null;
	}

	private static int containers(Lifecycle bean) {
		if (isContainer(bean)) {
			return 1;
		}
		Method ids = ids(bean);
		return (ids != null && ReflectionUtils.invokeMethod(ids, bean) instanceof Collection<?> all) ? all.size() : 0;
	}

	private static boolean isContainer(Lifecycle bean) {
		return AopUtils.getTargetClass(bean).getName().endsWith(CONTAINER);
	}

	// All registries of Spring's projects have this method, and no type in common
	private static @Nullable Method ids(Lifecycle bean) {
		Method ids = ClassUtils.getMethodIfAvailable(bean.getClass(), "getListenerContainerIds");
		return (ids != null && ids.canAccess(bean)) ? ids : null;
	}

}
