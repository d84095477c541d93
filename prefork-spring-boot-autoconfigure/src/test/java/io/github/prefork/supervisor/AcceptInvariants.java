package io.github.prefork.supervisor;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.prefork.ChildState;
import io.github.prefork.Fleet;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Every listener is accepted by somebody as long as anybody could, in what the children
 * are told as well as in what they do.
 */
final class AcceptInvariants {

	private static final long ASSIST_TOLERANCE = 60 * SimulatedChild.MILLI;

	private final Simulation world;

	private final SupervisorSettings settings;

	private final Map<Integer, Long> unassistedSince = new HashMap<>();

	private final Map<Integer, Long> unacceptedSince = new HashMap<>();

	private long assistSince = Deadlines.NEVER;

	private @Nullable Fleet checkedFleet;

	private long checkedChanges;

	AcceptInvariants(Simulation world) {
		this.world = world;
		this.settings = world.settings;
	}

	private List<Fleet.Member> ready() {
		return this.world.supervisor.fleet()
			.children()
			.stream()
			.filter((member) -> member.state() == ChildState.READY
					&& this.world.told.connected.contains(Simulation.launch(member.identity().pid())))
			.toList();
	}

	/** What the children are told. */
	void afterTurn() {
		// Most turns change nothing that this looks at
		Fleet fleet = this.world.supervisor.fleet();
		if (fleet != this.checkedFleet || this.world.told.changes != this.checkedChanges) {
			this.checkedFleet = fleet;
			this.checkedChanges = this.world.told.changes;
			checkTold();
		}
	}

	private void checkTold() {
		List<Fleet.Member> ready = ready();
		if (ready.isEmpty()) {
			return;
		}
		List<Long> launches = launches(ready);
		Set<Integer> held = held(launches);
		assertThat(held).as("listeners that a ready child holds")
			.hasSizeGreaterThanOrEqualTo(this.world.schedule.listeners);
		assertThat(sent(launches)).as("listeners with a ready child").containsExactlyInAnyOrderElementsOf(held);
		List<Long> responsive = launches(ready.stream().filter((member) -> !member.stalled()).toList());
		for (int i = 0; i < this.world.listenerCount; i++) {
			int listener = i;
			List<Long> able = responsive.stream()
				.filter((launch) -> this.world.told.isHeld(launch, listener))
				.filter((launch) -> !this.world.told.isBlocked(launch, listener))
				.toList();
			if (!able.isEmpty()) {
				assertThat(sent(able)).as("listeners with a responsive child").contains(listener);
			}
		}
		if (hasOwners()) {
			ready.stream()
				.filter((member) -> this.world.told.isHeld(Simulation.launch(member.identity().pid()),
						member.identity().slot()))
				.forEach((member) -> assertThat(this.world.told.sent(Simulation.launch(member.identity().pid())))
					.as("a ready child's own listener is among its listeners")
					.contains(member.identity().slot()));
		}
	}

	private boolean hasOwners() {
		return this.settings.owned() && this.world.listenerCount > 0;
	}

	private static List<Long> launches(List<Fleet.Member> members) {
		return members.stream().map((member) -> Simulation.launch(member.identity().pid())).toList();
	}

	private Set<Integer> held(Collection<Long> launches) {
		Set<Integer> held = new HashSet<>();
		launches.forEach((launch) -> held.addAll(this.world.told.held.getOrDefault(launch, Set.of())));
		return held;
	}

	private Set<Integer> sent(Collection<Long> launches) {
		Set<Integer> sent = new HashSet<>();
		launches.forEach((launch) -> sent.addAll(this.world.told.sent(launch)));
		return sent;
	}

	/** A child is told to accept on these. */
	void assigned(long launch, Set<Integer> listeners) {
		assertThat(listeners).as("listeners that there are")
			.allMatch((listener) -> listener < this.world.listenerCount);
		assertThat(listeners.isEmpty() || this.world.told.served.contains(launch))
			.as("a child accepts on nothing before it was ready")
			.isTrue();
		assertThat(listeners.isEmpty() || this.world.children.get(launch).slot >= 0)
			.as("a standby accepts on nothing before it has a slot")
			.isTrue();
	}

	/** A child that leaves is told to stop accepting on a listener. */
	void withdrawn(long launch, Set<Integer> listeners) {
		if (this.world.told.left.contains(launch) && this.world.told.served.contains(launch)) {
			listeners.forEach((listener) -> assertThat(this.world.told.connected)
				.as("somebody who has confirmed that it accepts on %s in place of one that leaves", listener)
				.anyMatch((other) -> other != launch && this.world.told.isConfirmed(other, listener)));
		}
	}

	/** What the children do, at any time. */
	void afterStep() {
		long now = this.world.clock.nanos();
		if (now < this.world.lastPauseEnd + tolerance()) {
			this.unassistedSince.clear();
			this.unacceptedSince.clear();
			this.assistSince = Deadlines.NEVER;
			return;
		}
		updateAssist(now);
		for (int i = 0; i < this.world.listenerCount; i++) {
			int listener = i;
			Collection<SimulatedChild> children = this.world.children.values();
			boolean accepted = children.stream().anyMatch((child) -> child.accepts(listener));
			checkAssist(listener, accepted, now);
			// A blocked loop behind good heartbeats goes unnoticed but for assist
			checkAccept(listener, accepted
					|| children.stream().anyMatch((child) -> child.loopBlocked() && child.accepting.contains(listener)),
					now);
		}
	}

	private void updateAssist(long now) {
		boolean assists = hasOwners() && !this.settings.assistAfter().isZero() && ready().size() > 1;
		this.assistSince = (assists) ? Math.min(this.assistSince, now) : Deadlines.NEVER;
	}

	private void checkAssist(int listener, boolean accepted, long now) {
		long since = since(this.unassistedSince, listener, accepted, now);
		boolean late = this.assistSince != Deadlines.NEVER
				&& now - Math.max(since, this.assistSince) >= ASSIST_TOLERANCE;
		if (late && could(listener, ASSIST_TOLERANCE)) {
			fail("Nobody assists on listener %s although a child could", listener);
		}
	}

	private void checkAccept(int listener, boolean accepted, long now) {
		long since = since(this.unacceptedSince, listener, accepted, now);
		if (now - since >= tolerance() && could(listener, tolerance())) {
			fail("Nobody accepts on listener %s although a child could", listener);
		}
	}

	private static long since(Map<Integer, Long> times, int listener, boolean accepted, long now) {
		if (accepted) {
			times.remove(listener);
			return now;
		}
		return times.computeIfAbsent(listener, (key) -> now);
	}

	private boolean could(int listener, long forAWhile) {
		return this.world.children.values().stream().anyMatch((child) -> child.couldAccept(listener, forAWhile));
	}

	private long tolerance() {
		// The master looks at the heartbeats four times in a stall-timeout
		return this.settings.stallTimeout().toNanos() * 5 / 4 + 50 * SimulatedChild.MILLI;
	}

	/** Whether each child accepts on nothing but its own. */
	boolean settled() {
		if (this.world.listenerCount == 0) {
			return this.world.children.values().stream().allMatch((child) -> child.accepting.isEmpty());
		}
		return this.world.children.values()
			.stream()
			.filter((child) -> child.alive)
			.allMatch((child) -> child.accepting.equals(ownAndOwnerless(child)));
	}

	private Set<Integer> ownAndOwnerless(SimulatedChild child) {
		if (child.slot < 0) {
			return Set.of();
		}
		Set<Integer> listeners = new HashSet<>(Set.of(this.settings.owned() ? child.slot : 0));
		for (int i = this.world.scale.slots(); this.settings.owned() && i < this.world.listenerCount; i++) {
			listeners.add(i);
		}
		return listeners;
	}

}
