package io.github.prefork.autoconfigure.lazy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.annotation.SchedulingConfigurer;

/**
 * Schedules the methods of those beans that are wanted in a master, and of no others.
 */
final class MasterScheduledProcessor extends ScheduledAnnotationBeanPostProcessor {

	private final ConfigurableListableBeanFactory beans;

	MasterScheduledProcessor(ConfigurableListableBeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		super.setBeanFactory((BeanFactory) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ConfigurableListableBeanFactory.class },
				(proxy, method, args) -> invoke(method, args)));
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return DeclaredRoles.nameMaster(this.beans, beanName) ? super.postProcessAfterInitialization(bean, beanName)
				: bean;
	}

	// The processor creates all configurers, which schedule what they like
	private Object invoke(Method method, Object[] args) throws Throwable {
		if (method.getName().equals("getBeansOfType") && args[0] == SchedulingConfigurer.class) {
			return configurers();
		}
		try {
			return method.invoke(this.beans, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private Map<String, SchedulingConfigurer> configurers() {
		Map<String, SchedulingConfigurer> configurers = new LinkedHashMap<>();
		for (String name : this.beans.getBeanNamesForType(SchedulingConfigurer.class)) {
			if (DeclaredRoles.nameMaster(this.beans, name)) {
				configurers.put(name, this.beans.getBean(name, SchedulingConfigurer.class));
			}
		}
		return configurers;
	}

}
