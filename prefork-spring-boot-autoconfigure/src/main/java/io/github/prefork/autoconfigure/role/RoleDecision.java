package io.github.prefork.autoconfigure.role;

import java.util.Comparator;
import java.util.Optional;

import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.channel.ChannelAddress;

/**
 * The rule by which an application gets its role: a pure function. A process whose claim
 * was refused never becomes a master, so that a wrapped launcher can't become a fork
 * bomb.
 */
final class RoleDecision {

	private RoleDecision() {
	}

	/**
	 * Decide.
	 * @param inputs all that the role depends on
	 * @return the decision
	 * @throws PreforkException if prefork is required and can't work here
	 */
	static Decision decide(RoleInputs inputs) {
		Optional<Obstacle> obstacle = inputs.obstacles().stream().min(Comparator.naturalOrder());
		if (inputs.obstacles().stream().anyMatch(Obstacle::isOfApplication)) {
			return standalone(obstacle.orElseThrow(), inputs);
		}
		return switch (inputs.claim().kind()) {
			case ACCEPTED -> Decision.of(PreforkRole.CHILD);
			case REFUSED -> refused(inputs);
			case NONE ->
				obstacle.map((found) -> standalone(found, inputs)).orElseGet(() -> Decision.of(PreforkRole.MASTER));
		};
	}

	private static Decision refused(RoleInputs inputs) {
		String reason = "the master refused this process: %s (what a child starts stands alone, unless the variable %s is taken from its environment)"
			.formatted(inputs.claim().reason(), ChannelAddress.VARIABLE);
		return cannotWork(reason, Notice.WARN, inputs.required());
	}

	private static Decision standalone(Obstacle obstacle, RoleInputs inputs) {
		String reason = (obstacle == Obstacle.PLATFORM) ? inputs.platform() : obstacle.reason();
		return cannotWork(reason, obstacle.notice(), inputs.required() && obstacle.isFatalIfRequired());
	}

	private static Decision cannotWork(String reason, Notice notice, boolean fatal) {
		if (fatal) {
			throw new PreforkException("prefork.required=true, but prefork can't work here: " + reason,
					"Remove the reason, or set 'prefork.required=false' to run the application in one process.", null);
		}
		return Decision.standalone(reason, notice);
	}

}
