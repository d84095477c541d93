package io.github.prefork.recipes;

import java.time.Instant;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.PreforkRole;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * A job that must never run twice for one tick, whatever becomes of the leader.
 */
@Component
@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
class ClaimedJob {

	private final Claims claims;

	private final Journal journal;

	ClaimedJob(Claims claims, Journal journal) {
		this.claims = claims;
		this.journal = journal;
	}

	@Scheduled(cron = "${recipes.cron}")
	void run() {
		String tick = Tick.of(Instant.now());
		if (this.claims.take("job", tick)) {
			this.journal.add("claimed job", tick);
		}
	}

}
