package io.github.prefork.actuate;

import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

import io.github.prefork.Fleet;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Placeholder. */
public class PreforkMetrics implements MeterBinder {

	public PreforkMetrics(Supplier<Fleet> fleet, int children, IntUnaryOperator queue, int listeners) {
	}

	@Override
	public void bindTo(MeterRegistry registry) {
	}

}
