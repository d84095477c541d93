package io.github.prefork.aside.app;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.PreforkRole;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Work for the master.
 */
@Component
@ConditionalOnPreforkRole(PreforkRole.MASTER)
class MasterJob {

	@Scheduled(fixedDelay = 3_600_000)
	void work() {
		Say.line("job of the master ran");
	}

}
