package io.github.prefork.autoconfigure;

import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.web.WebOperation;
import org.springframework.boot.webflux.actuate.endpoint.web.WebFluxEndpointHandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;

/**
 * Lets the operations of the endpoint be called without a body. As they have parameters,
 * Spring Boot refuses a request that does not declare its body to be JSON, also if there
 * is none.
 */
final class OptionalBody implements BeanPostProcessor {

	private static final EndpointId ENDPOINT = EndpointId.of("prefork");

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof WebFluxEndpointHandlerMapping mapping) {
			Set<String> paths = operations(mapping);
			mapping.getHandlerMethods()
				.keySet()
				.stream()
				.filter((info) -> isOf(info, paths))
				.forEach((info) -> info.getConsumesCondition().setBodyRequired(false));
		}
		return bean;
	}

	private static Set<String> operations(WebFluxEndpointHandlerMapping mapping) {
		return mapping.getEndpoints()
			.stream()
			.filter((endpoint) -> endpoint.getEndpointId().equals(ENDPOINT))
			.flatMap((endpoint) -> endpoint.getOperations().stream())
			.filter((operation) -> operation.getType() == OperationType.WRITE)
			.map(OptionalBody::path)
			.collect(Collectors.toSet());
	}

	private static String path(WebOperation operation) {
		return "/" + operation.getRequestPredicate().getPath();
	}

	private static boolean isOf(RequestMappingInfo info, Set<String> paths) {
		return info.getPatternsCondition()
			.getPatterns()
			.stream()
			.anyMatch((pattern) -> paths.stream().anyMatch(pattern.getPatternString()::endsWith));
	}

}
