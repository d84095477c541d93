package io.github.prefork.autoconfigure;

import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.actuate.PreforkHealthIndicator;
import io.github.prefork.master.MasterFleet;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of the fleet.
 */
@AutoConfiguration(after = PreforkAutoConfiguration.class)
@ConditionalOnClass({ HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(MasterFleet.class)
@ConditionalOnEnabledHealthIndicator("prefork")
public final class PreforkHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "preforkHealthIndicator", "preforkHealthContributor" })
	HealthContributor preforkHealthContributor(Prefork prefork, ObjectProvider<MasterFleet> fleet) {
		boolean master = prefork.role() == PreforkRole.MASTER;
		return new PreforkHealthIndicator(prefork, (master) ? fleet.getObject().settings().supervisor().minReady() : 0);
	}

}
