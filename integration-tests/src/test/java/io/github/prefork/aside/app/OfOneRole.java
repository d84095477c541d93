package io.github.prefork.aside.app;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.PreforkRole;

import org.springframework.boot.CommandLineRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Runners of one role.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class OfOneRole {

	@Bean
	@ConditionalOnPreforkRole(PreforkRole.MASTER)
	CommandLineRunner masterRunner() {
		return (args) -> Say.line("runner of the master ran");
	}

	@Bean
	@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
	CommandLineRunner otherRunner() {
		return (args) -> Say.line("runner elsewhere ran");
	}

}
