package io.github.prefork.autoconfigure;

import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import io.github.prefork.master.MasterFleet;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration of what an application asks for its role, in every process and also
 * in tests of the web layer alone.
 */
@AutoConfiguration
public final class PreforkRoleAutoConfiguration {

	@Bean
	static OtherRoles preforkOtherRoles(ConfigurableEnvironment environment) {
		return new OtherRoles(environment);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	PreforkRole preforkRole(ConfigurableEnvironment environment) {
		return RolePropertySource.roleOf(environment);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	Prefork prefork(ConfigurableEnvironment environment, ObjectProvider<MasterFleet> fleet) {
		return ProcessPrefork.of(environment, fleet::getObject);
	}

}
