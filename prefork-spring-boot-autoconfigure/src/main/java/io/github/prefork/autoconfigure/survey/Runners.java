package io.github.prefork.autoconfigure.survey;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.CommandLineRunner;

/**
 * Application and command line runners.
 */
final class Runners implements Finder {

	@Override
	public List<String> find(ExistingBeans beans, int children) {
		Set<String> names = new TreeSet<>();
		names.addAll(beans.unawareOfType(ApplicationRunner.class).keySet());
		names.addAll(beans.unawareOfType(CommandLineRunner.class).keySet());
		return names.isEmpty() ? List.of()
				: List.of("runners, which a replacement calls again: " + String.join(", ", names)
						+ ". What must run only once needs @ConditionalOnPreforkRole(MASTER) or a lock");
	}

}
