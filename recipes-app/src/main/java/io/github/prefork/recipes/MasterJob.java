package io.github.prefork.recipes;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * A tiny job for the master, which has no pool and should get none.
 */
@Component
@ConditionalOnPreforkRole({ PreforkRole.MASTER, PreforkRole.STANDALONE })
class MasterJob {

	private static final Logger logger = LoggerFactory.getLogger(MasterJob.class);

	private final Prefork prefork;

	MasterJob(Prefork prefork) {
		this.prefork = prefork;
	}

	@Scheduled(cron = "${recipes.cron}")
	void run() {
		logger.info("{} children", this.prefork.fleet().children().size());
	}

}
