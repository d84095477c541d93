package io.github.prefork.supervisor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.prefork.Build;
import io.github.prefork.ChildExited;
import io.github.prefork.ExitReason;
import io.github.prefork.Fleet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Supervisor}: which build the children run.
 */
class SupervisorBuildTests {

	private static final Instant TIME = Instant.parse("2026-11-26T10:00:00Z");

	private static final Build OLD = new Build(null, null, "/srv/app.jar", TIME, 2048);

	private static final Build NEW = new Build(null, null, "/srv/app.jar", TIME.plusSeconds(60), 3072);

	private final RecordedFleet fleet = new RecordedFleet(RecordedFleet.SETTINGS);

	SupervisorBuildTests() {
		this.fleet.next = OLD;
		this.fleet.turn(new Input.Start());
		for (long launch = 1; launch <= 3; launch++) {
			this.fleet.turn(new Input.Described(launch, "1.0", TIME));
			this.fleet.becomeReady(launch);
		}
	}

	@Test
	void fleetTellsWhatEachChildRuns() {
		assertThat(builds()).containsOnly(OLD.with("1.0", TIME)).hasSize(3);
		this.fleet.next = NEW;
		this.fleet.turn(new Input.Exited(2, 137));
		assertThat(builds()).containsExactly(OLD.with("1.0", TIME), NEW, OLD.with("1.0", TIME));
		this.fleet.turn(new Input.Described(4, "1.1", null));
		assertThat(builds()).containsExactly(OLD.with("1.0", TIME), NEW.with("1.1", null), OLD.with("1.0", TIME));
	}

	private List<Build> builds() {
		return this.fleet.supervisor.fleet().children().stream().map(Fleet.Member::build).toList();
	}

	@Test
	void replacementWhenJarIsTheSameIsNoNews() {
		this.fleet.turn(new Input.Exited(2, 137));
		assertThat(this.fleet.lines("launch")).hasSize(4);
		assertThat(this.fleet.logs).isEmpty();
	}

	@Test
	void replacementWhenJarIsAnotherIsSaidOnce() {
		this.fleet.next = NEW;
		this.fleet.turn(new Input.Exited(2, 137));
		assertThat(this.fleet.logs).singleElement()
			.isEqualTo("The child in slot 1 is launched from app.jar of 2026-11-26T10:01:00Z, 3.0 KB, while others run "
					+ "1.0 (app.jar of 2026-11-26T10:00:00Z, 2.0 KB). "
					+ "A rolling restart (SIGHUP to the master) brings all to the new build");
		this.fleet.becomeReady(4);
		this.fleet.turn(new Input.Exited(3, 137));
		assertThat(this.fleet.lines("launch")).hasSize(5);
		assertThat(this.fleet.logs).hasSize(1);
	}

	@Test
	void rolloutOfAnotherJarIsNoNews() {
		this.fleet.next = NEW;
		this.fleet.turn(new Input.Restart(7));
		// One that is lost meanwhile becomes new before its turn
		this.fleet.turn(new Input.Exited(3, 137));
		this.fleet.becomeReady(4);
		assertThat(this.fleet.lines("launch")).hasSizeGreaterThan(4);
		assertThat(this.fleet.logs).isEmpty();
	}

	@Test
	void replacementAfterRolloutThatFailedIsSaid() {
		this.fleet.next = NEW;
		this.fleet.turn(new Input.Restart(7));
		this.fleet.turn(new Input.Exited(4, 1));
		assertThat(this.fleet.lines("rolled out")).singleElement().asString().contains("FAILED");
		this.fleet.turn(new Input.Exited(2, 137));
		assertThat(this.fleet.logs).singleElement().asString().contains("slot 1", "3.0 KB", "2.0 KB");
	}

	@Test
	void childOfAnotherReleaseIsEndedAndTheRolloutFailsWithTheReason() {
		this.fleet.turn(new Input.Restart(7));
		this.fleet.turn(new Input.Refused(4, "restart the master"));
		assertThat(this.fleet.lines("kill")).isEmpty();
		this.fleet.live(Duration.ofMillis(1100), 1, 2, 3);
		assertThat(this.fleet.lines("kill")).containsExactly("kill 4");
		this.fleet.turn(new Input.Exited(4, 137));
		assertThat(this.fleet.lines("rolled out")).singleElement()
			.asString()
			.contains("FAILED", "before it was ready. It was refused: restart the master");
		assertThat(this.fleet.events.stream().filter(ChildExited.class::isInstance).map(ChildExited.class::cast))
			.singleElement()
			.satisfies((exited) -> assertThat(exited.reason()).isEqualTo(ExitReason.BOOT_FAILED));
	}

}
