package io.github.prefork.recipes;

import java.time.Instant;

import io.github.prefork.Prefork;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * A job for one child: each child has the schedule, the leader does the work.
 */
@Component
class LeaderJob {

	private final Prefork prefork;

	private final Journal journal;

	LeaderJob(Prefork prefork, Journal journal) {
		this.prefork = prefork;
		this.journal = journal;
	}

	@Scheduled(cron = "${recipes.cron}")
	void run() {
		if (this.prefork.isLeader()) {
			this.journal.add("leader job", Tick.of(Instant.now()));
		}
	}

}
