package io.github.prefork.supervisor;

import java.util.Comparator;
import java.util.Objects;

import io.github.prefork.ChildState;
import org.jspecify.annotations.Nullable;

/**
 * The standbys: booted once the fleet has started, and given to slots that are empty.
 */
final class Standbys {

	private final Ports ports;

	private final Roster roster;

	private final Launches launches;

	private final Lifecycle lifecycle;

	private boolean begun;

	Standbys(Ports ports, Roster roster, Launches launches, Lifecycle lifecycle) {
		this.ports = ports;
		this.roster = roster;
		this.launches = launches;
		this.lifecycle = lifecycle;
	}

	/**
	 * The fleet has started: launch the standbys. Has no effect if it has been done
	 * before.
	 * @param now the time
	 */
	void begin(long now) {
		if (!this.begun) {
			this.begun = true;
			this.roster.standbys()
				.stream()
				.filter((place) -> place.empty() && !this.roster.recoveryExceeded())
				.forEach((place) -> this.launches.launchAt(place, now));
		}
	}

	/**
	 * Give empty slots to standbys that are ready.
	 * @param now the time
	 */
	void step(long now) {
		if (this.roster.standbys().isEmpty()) {
			return;
		}
		for (Slot slot : this.roster.slots()) {
			Child standby = slot.empty() ? find(slot) : null;
			if (standby != null) {
				assign(standby, slot, now);
			}
		}
	}

	private @Nullable Child find(Slot slot) {
		// The newest one, unless it would put an older version into the slot again
		return this.roster.standbys()
			.stream()
			.map((place) -> place.child)
			.filter(Objects::nonNull)
			.filter((child) -> child.state == ChildState.STANDBY && child.connected && !child.stalled())
			.filter((child) -> child.identity.generation() >= slot.generation && !isOfOlderFile(child, slot.last))
			.max(Comparator.comparingInt((child) -> child.identity.generation()))
			.orElse(null);
	}

	private static boolean isOfOlderFile(Child standby, @Nullable Child last) {
		return last != null && standby.launch < last.launch && standby.build.isOfOtherFile(last.build);
	}

	private void assign(Child child, Slot slot, long now) {
		Slot place = child.place;
		child.state = ChildState.READY;
		child.readyAt = now;
		this.roster.assign(child, slot);
		this.launches.cancel(slot);
		this.launches.filled(slot);
		this.ports.messenger().assign(child.launch, slot.index);
		this.lifecycle.arrived(child);
		if (place.empty() && !this.roster.recoveryExceeded()) {
			this.launches.launchAt(place, now);
		}
	}

}
