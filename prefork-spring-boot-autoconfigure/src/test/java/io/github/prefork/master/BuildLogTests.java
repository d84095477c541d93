package io.github.prefork.master;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.prefork.Build;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildReady;
import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import io.github.prefork.PreforkEvent;
import io.github.prefork.RolloutCause;
import io.github.prefork.RolloutFailed;
import io.github.prefork.RolloutFinished;
import io.github.prefork.RolloutStarted;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BuildLog}.
 */
class BuildLogTests {

	private static final Build OLD = Build.UNKNOWN.with("1.0", null);

	private static final Build NEW = Build.UNKNOWN.with("1.1", null);

	private static final PreforkEvent FINISHED = new RolloutFinished(1, RolloutCause.RESTART, 2, Duration.ZERO);

	private static final PreforkEvent FAILED = new RolloutFailed(1, RolloutCause.RESTART, 1, "", 1, Duration.ZERO);

	private Fleet fleet = fleet(OLD, OLD);

	private final BuildLog log = new BuildLog(() -> this.fleet);

	private static Fleet fleet(Build... builds) {
		List<Fleet.Member> members = IntStream.range(0, builds.length)
			.mapToObj((slot) -> new Fleet.Member(new ChildIdentity(slot, 0, 100 + slot), ChildState.READY, 0, false,
					builds[slot], false))
			.toList();
		return new Fleet(builds.length, members, 0, 0, Map.of(), false, 0, Map.of(), Map.of(), Map.of());
	}

	private String ready(int slot) {
		return this.log.of(new ChildReady(slot, 0, 100 + slot, Duration.ZERO));
	}

	@Test
	void readyNamesTheBuildOnceAndWhenItChanges() {
		assertThat(ready(0)).isEqualTo(" and runs 1.0");
		assertThat(ready(1)).isEmpty();
		this.fleet = fleet(OLD, NEW);
		assertThat(ready(1)).isEqualTo(" and runs 1.1");
		assertThat(ready(1)).isEmpty();
	}

	@Test
	void readyWhenNothingIsKnownSaysNothing() {
		this.fleet = fleet(Build.UNKNOWN);
		assertThat(ready(0)).isEmpty();
		assertThat(ready(7)).isEmpty();
		assertThat(rollout(FINISHED, Build.UNKNOWN)).isEmpty();
	}

	@Test
	void finishedNamesTheBuildsIfTheyChanged() {
		assertThat(rollout(FINISHED, NEW, NEW)).isEqualTo("; they run 1.1, before it 1.0");
		assertThat(rollout(FINISHED, NEW, NEW)).isEmpty();
		assertThat(rollout(FINISHED, NEW, OLD)).isEqualTo("; they run 1.1 and 1.0, before it 1.1");
	}

	@Test
	void failedNamesTheBuildsIfTheyAreSeveral() {
		assertThat(rollout(FAILED, OLD, OLD)).isEmpty();
		assertThat(rollout(FAILED, NEW, OLD)).isEqualTo(". The children run 1.1 and 1.0");
	}

	private String rollout(PreforkEvent end, Build... after) {
		assertThat(this.log.of(new RolloutStarted(1, RolloutCause.RESTART, null, null))).isEmpty();
		this.fleet = fleet(Arrays.copyOf(after, after.length));
		return this.log.of(end);
	}

}
