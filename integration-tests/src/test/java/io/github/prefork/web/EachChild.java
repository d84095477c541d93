package io.github.prefork.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import io.github.prefork.fleet.FleetProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks until every child has answered.
 */
final class EachChild {

	private static final Duration DEADLINE = Duration.ofSeconds(30);

	private EachChild() {
	}

	/**
	 * Repeat a call, which must use a new connection each time, until every child of the
	 * fleet has answered it. A call that fails fails all.
	 * @param fleet the fleet
	 * @param call the call
	 * @return one answer of each child
	 * @throws Exception if a call fails
	 */
	static List<Answer> answers(FleetProcess fleet, Callable<Answer> call) throws Exception {
		List<Long> children = fleet.childPids();
		assertThat(children).hasSize(2);
		Map<Long, Answer> answers = new TreeMap<>();
		long end = System.nanoTime() + DEADLINE.toNanos();
		while (answers.size() < children.size()) {
			Answer answer = call.call();
			assertThat(children).as("who answered: %s", answer).contains(answer.pid());
			answers.put(answer.pid(), answer);
			assertThat(System.nanoTime()).as("asked too long, who answered: %s", answers.keySet()).isLessThan(end);
		}
		return List.copyOf(answers.values());
	}

}
