package io.github.prefork.recipes;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.PreforkRole;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * A runner whose work is done once, by the first child that comes to it.
 */
@Component
@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
class Import implements ApplicationRunner {

	private static final String VERSION = "2026-01";

	private final Claims claims;

	private final Journal journal;

	Import(Claims claims, Journal journal) {
		this.claims = claims;
		this.journal = journal;
	}

	@Override
	public void run(ApplicationArguments args) {
		if (this.claims.take("import", VERSION)) {
			this.journal.add("import", VERSION);
		}
	}

}
