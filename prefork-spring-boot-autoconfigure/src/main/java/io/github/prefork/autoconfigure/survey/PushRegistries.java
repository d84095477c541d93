package io.github.prefork.autoconfigure.survey;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.push.PushMeterRegistry;

import org.springframework.util.ClassUtils;

/**
 * Meter registries that push what they have to a monitoring system, which has to tell the
 * children apart.
 */
final class PushRegistries implements Finder {

	/** They push too, but their classes do not say so. */
	private static final Set<String> OTHERS = Set.of("GraphiteMeterRegistry", "StatsdMeterRegistry",
			"GangliaMeterRegistry");

	/** Parts of the keys of tags that differ between two processes of one host. */
	private static final List<String> DISTINGUISHING = List.of("slot", "pid", "instance");

	private static final String PID = Long.toString(ProcessHandle.current().pid());

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		List<String> names = beans.ofType(MeterRegistry.class)
			.values()
			.stream()
			.filter((registry) -> pushes(registry) && !tellsTheProcess(registry))
			.map((registry) -> ClassUtils.getUserClass(registry).getSimpleName())
			.toList();
		return names.isEmpty() ? List.of() : List.of("meter registries that push: " + String.join(", ", names)
				+ ". Give the meters a tag that differs, management.metrics.tags.slot=${prefork.slot}");
	}

	private static boolean pushes(MeterRegistry registry) {
		return registry instanceof PushMeterRegistry
				|| Stream.<Class<?>>iterate(registry.getClass(), (type) -> type != null, Class::getSuperclass)
					.anyMatch((type) -> OTHERS.contains(type.getSimpleName()));
	}

	// A registry does not show its common tags, but all of its meters have them
	private static boolean tellsTheProcess(MeterRegistry registry) {
		List<Meter> meters = registry.getMeters();
		return !meters.isEmpty() && meters.stream()
			.allMatch((meter) -> meter.getId().getTags().stream().anyMatch(PushRegistries::tellsTheProcess));
	}

	private static boolean tellsTheProcess(Tag tag) {
		String key = tag.getKey().toLowerCase(Locale.ROOT);
		return DISTINGUISHING.stream().anyMatch(key::contains) || List.of(tag.getValue().split("\\D+")).contains(PID);
	}

}
