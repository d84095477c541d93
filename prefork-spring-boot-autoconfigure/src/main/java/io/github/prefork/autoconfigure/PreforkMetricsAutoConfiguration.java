package io.github.prefork.autoconfigure;

import io.github.prefork.ChildReady;
import io.github.prefork.ChildSpawned;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.PreforkMetrics;
import io.github.prefork.master.MasterFleet;
import io.github.prefork.master.listener.ListenerMode;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of the fleet, in the registry of the master.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(MasterFleet.class)
public final class PreforkMetricsAutoConfiguration {

	@Bean
	MeterBinder preforkMetrics(Prefork prefork, ObjectProvider<MasterFleet> fleet,
			ConfigurableApplicationContext context) {
		if (prefork.role() != PreforkRole.MASTER) {
			return (registry) -> {
			};
		}
		MasterFleet master = fleet.getObject();
		PreforkMetrics metrics = new PreforkMetrics(master::fleet, master.settings().supervisor().children(),
				master::queueLength, master.settings().listeners(), master::figures);
		ListenerMode mode = master.settings().mode();
		context.addApplicationListener(new LaunchedSlots(metrics, mode));
		context.addApplicationListener(new FilledSlots(metrics, mode));
		return metrics;
	}

	private static void grow(PreforkMetrics metrics, ListenerMode mode, int slots) {
		metrics.grow(slots, mode.listeners(slots));
	}

	/**
	 * Adds the meters of a slot when its first child is launched.
	 */
	private record LaunchedSlots(PreforkMetrics metrics,
			ListenerMode mode) implements ApplicationListener<PayloadApplicationEvent<ChildSpawned>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<ChildSpawned> event) {
			grow(this.metrics, this.mode, event.getPayload().slot() + 1);
		}

	}

	/**
	 * Adds the meters of a slot when its first child is a standby so far.
	 */
	private record FilledSlots(PreforkMetrics metrics,
			ListenerMode mode) implements ApplicationListener<PayloadApplicationEvent<ChildReady>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<ChildReady> event) {
			grow(this.metrics, this.mode, event.getPayload().slot() + 1);
		}

	}

}
