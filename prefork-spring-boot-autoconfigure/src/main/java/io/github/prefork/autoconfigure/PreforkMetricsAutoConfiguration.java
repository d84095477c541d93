package io.github.prefork.autoconfigure;

import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.PreforkMetrics;
import io.github.prefork.master.MasterFleet;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of the fleet, in the registry of the master.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class)
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean(MasterFleet.class)
public final class PreforkMetricsAutoConfiguration {

	@Bean
	MeterBinder preforkMetrics(Prefork prefork, ObjectProvider<MasterFleet> fleet) {
		if (prefork.role() != PreforkRole.MASTER) {
			return (registry) -> {
			};
		}
		MasterFleet master = fleet.getObject();
		return new PreforkMetrics(master::fleet, master.settings().supervisor().children(), master::queueLength,
				master.settings().listeners(), master::figures);
	}

}
