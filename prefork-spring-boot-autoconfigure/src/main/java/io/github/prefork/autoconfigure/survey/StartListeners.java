package io.github.prefork.autoconfigure.survey;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.prefork.autoconfigure.lazy.Infrastructure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aop.support.AopUtils;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.log.LogMessage;
import org.springframework.util.ClassUtils;

/**
 * Listeners of the application that are told when it has started.
 */
final class StartListeners implements Finder {

	private static final Log logger = LogFactory.getLog(FleetSurvey.LOGGER);

	private static final List<Class<? extends ApplicationEvent>> EVENTS = List.of(ContextRefreshedEvent.class,
			ApplicationStartedEvent.class, ApplicationReadyEvent.class);

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		Set<String> names = new TreeSet<>();
		beans.ofApplication().forEach((name, bean) -> {
			List<String> found = heard(beans, name, bean);
			if (!found.isEmpty() && !beans.isMadeForFleet(name)) {
				names.addAll(found);
			}
		});
		return names.isEmpty() ? List.of()
				: List.of("listeners of start-up events, which a replacement calls again: " + String.join(", ", names)
						+ ". What must run only once needs @ConditionalOnPreforkRole(MASTER) or a lock");
	}

	private static List<String> heard(ExistingBeans beans, String name, Object bean) {
		try {
			return listeners(name, bean, beans.declaredType(name));
		}
		catch (RuntimeException | LinkageError ex) {
			// One bean that can't tell hides none of the others
			logger.debug(LogMessage.format("What %s listens to can't be told", name), ex);
			return List.of();
		}
	}

	private static List<String> listeners(String name, Object bean, ResolvableType declared) {
		Class<?> type = AopUtils.getTargetClass(bean);
		Stream<String> itself = (bean instanceof ApplicationListener<?> listener && hears(listener, type, declared))
				? Stream.of(name) : Stream.empty();
		return Stream.concat(itself, methods(type)).toList();
	}

	private static boolean hears(ApplicationListener<?> listener, Class<?> type, ResolvableType declared) {
		if (listener instanceof SmartApplicationListener smart) {
			// Not if it hears whatever there is
			return !smart.supportsEventType(ApplicationEvent.class)
					&& EVENTS.stream().anyMatch(smart::supportsEventType);
		}
		// The class of a lambda expression does not say for which event it is
		return Stream.of(ResolvableType.forClass(type), declared)
			.map((each) -> each.as(ApplicationListener.class).getGeneric().toClass())
			.anyMatch(EVENTS::contains);
	}

	private static Stream<String> methods(Class<?> type) {
		if (!AnnotationUtils.isCandidateClass(type, EventListener.class)) {
			return Stream.empty();
		}
		return MethodIntrospector.selectMethods(type, StartListeners::isTold)
			.stream()
			.map((method) -> ClassUtils.getShortName(ClassUtils.getUserClass(type)) + "." + method.getName());
	}

	private static boolean isTold(Method method) {
		EventListener listener = AnnotatedElementUtils.findMergedAnnotation(method, EventListener.class);
		if (listener == null || Infrastructure.contains(method.getDeclaringClass())) {
			return false;
		}
		Class<?>[] events = (listener.classes().length > 0) ? listener.classes() : method.getParameterTypes();
		return Arrays.stream(events).anyMatch(EVENTS::contains);
	}

}
