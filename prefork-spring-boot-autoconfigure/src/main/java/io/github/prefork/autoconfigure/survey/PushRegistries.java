package io.github.prefork.autoconfigure.survey;

import java.util.List;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.push.PushMeterRegistry;

import org.springframework.util.ClassUtils;

/**
 * Meter registries that push what they have to a monitoring system, which has to tell the
 * children apart.
 */
final class PushRegistries implements Finder {

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		List<String> names = beans.ofType(PushMeterRegistry.class)
			.values()
			.stream()
			.filter((registry) -> !tellsTheSlot(registry))
			.map((registry) -> ClassUtils.getUserClass(registry).getSimpleName())
			.toList();
		return names.isEmpty() ? List.of() : List.of("meter registries that push: " + String.join(", ", names)
				+ ". Give the meters a tag that differs, management.metrics.tags.slot=${prefork.slot}");
	}

	private static boolean tellsTheSlot(MeterRegistry registry) {
		return registry.getMeters()
			.stream()
			.limit(1)
			.anyMatch((meter) -> meter.getId().getTags().stream().anyMatch((tag) -> tag.getKey().contains("slot")));
	}

}
