package io.github.prefork.autoconfigure.lazy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.Lifecycle;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Starts and stops in a master what serves it: its web server, the management server and
 * their resources, and the beans that are wanted in a master. Brokers' listeners,
 * schedulers and every other {@link Lifecycle} bean are neither created nor started;
 * should one exist because another bean depends on it, it is left alone.
 */
final class MasterLifecycleProcessor extends DefaultLifecycleProcessor {

	private static final List<String> CREATED = List.of("reactorResourceFactory", "childManagementContextInitializer");

	private static final List<String> PACKAGES = List.of("org.springframework.boot.web.server.",
			"org.springframework.boot.actuate.", "org.springframework.http.client.",
			// They exist only if a bean that is wanted needs them
			"org.springframework.scheduling.concurrent.");

	private final ConfigurableListableBeanFactory beans;

	MasterLifecycleProcessor(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void onRefresh() {
		CREATED.stream().filter(this.beans::containsBeanDefinition).forEach(this.beans::getBean);
		super.onRefresh();
	}

	@Override
	protected Map<String, Lifecycle> getLifecycleBeans() {
		Map<String, Lifecycle> lifecycleBeans = new LinkedHashMap<>();
		for (String name : this.beans.getSingletonNames()) {
			Object bean = this.beans.getSingleton(name);
			if (bean != this && bean instanceof Lifecycle lifecycle && isWanted(name, bean)) {
				lifecycleBeans.put(name, lifecycle);
			}
		}
		return lifecycleBeans;
	}

	private boolean isWanted(String name, Object bean) {
		return serves(AopUtils.getTargetClass(bean)) || DeclaredRoles.nameMaster(this.beans, name);
	}

	private static boolean serves(Class<?> type) {
		return Infrastructure.isOwn(type) || PACKAGES.stream().anyMatch(type.getName()::startsWith);
	}

}
