package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: siblings help where connections wait.
 */
class SupervisorAssistTests {

	private static final Duration AFTER = Duration.ofMillis(20);

	private final RecordedFleet fleet = RecordedFleet.ready(AFTER);

	@BeforeEach
	void calm() {
		live(Duration.ofSeconds(10));
		assertThat(this.fleet.lines).isEmpty();
	}

	@Test
	void turnWhenConnectionsWaitAfterCalmTimeLetsSiblingsHelpSoon() {
		this.fleet.waiting = Set.of(1);
		live(AFTER.plusMillis(11));
		assertThat(this.fleet.lines("accept")).hasSize(2)
			.anyMatch((line) -> line.startsWith("accept 1 ") && line.endsWith("[0, 1]"))
			.anyMatch((line) -> line.startsWith("accept 3 ") && line.endsWith("[1, 2]"));
	}

	@Test
	void turnWhenConnectionsWaitNoMoreEndsTheHelp() {
		this.fleet.waiting = Set.of(1);
		live(Duration.ofSeconds(1));
		this.fleet.waiting = Set.of();
		this.fleet.lines.clear();
		live(Duration.ofSeconds(2));
		assertThat(this.fleet.lines("accept")).hasSize(2)
			.anyMatch((line) -> line.startsWith("accept 1 ") && line.endsWith("[0]"))
			.anyMatch((line) -> line.startsWith("accept 3 ") && line.endsWith("[2]"));
	}

	@Test
	void turnWhenConnectionsWaitEverywhereForLongSendsEachChildOneAssignment() {
		this.fleet.waiting = Set.of(0, 1, 2);
		live(Duration.ofMinutes(1));
		assertThat(this.fleet.lines("accept")).hasSize(3).allMatch((line) -> line.endsWith("[0, 1, 2]"));
	}

	@Test
	void turnWhenOverloadHasShortGapsDoesNotToggleTheTable() {
		for (int i = 0; i < 600; i++) {
			this.fleet.waiting = Set.of(0, 1, 2);
			live(Duration.ofMillis(60));
			this.fleet.waiting = Set.of();
			live(Duration.ofMillis(40));
		}
		// Help lasts for a tenth of a second at least, and longer each time
		assertThat(this.fleet.lines("accept")).hasSize(3).allMatch((line) -> line.endsWith("[0, 1, 2]"));
	}

	@Test
	void turnWhenNothingHappensReadsTheQueuesOnceASecond() {
		this.fleet.readings = 0;
		live(Duration.ofSeconds(10));
		assertThat(this.fleet.readings).isBetween(27, 33);
	}

	private void live(Duration time) {
		this.fleet.live(time, 1, 2, 3);
		this.fleet.confirm();
	}

}
