package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.prefork.Build;
import io.github.prefork.ChildIdentity;
import io.github.prefork.ChildState;
import io.github.prefork.ExitReason;
import org.jspecify.annotations.Nullable;

/**
 * A child as the master sees it. Only the supervisor's thread touches it.
 */
final class Child {

	final long launch;

	/** Where it was launched into or assigned to, also if that was given up meanwhile. */
	Slot place;

	/** Changes once in a standby. */
	ChildIdentity identity;

	final long launchedAt;

	/** The same as {@link Time} has it. */
	final long launchedNanos;

	/** When its time to boot began. */
	long bootsFrom;

	ChildState state = ChildState.BOOTING;

	/** When it was ready for the first time, if it was. */
	long readyAt;

	/** The time from its launch until it was ready, as clocks show it. */
	Duration bootTime = Duration.ZERO;

	/** Whether it was ever ready. */
	boolean served;

	/** Whether it has ever claimed its place. */
	boolean claimed;

	/** Whether its channel is open. */
	boolean connected;

	/** Whether the master asked it to end. */
	boolean planned;

	/** Why the master killed it, if it did so on its own account. */
	@Nullable ExitReason killedFor;

	/** What it runs, as far as that is known yet. */
	Build build = Build.UNKNOWN;

	/** Whether it was told that it leads. */
	boolean leader;

	/** Why its claim was refused, if it was. */
	@Nullable String refused;

	/** What went wrong, if it said so. */
	@Nullable String failing;

	/** Whether it said that memory had run out. */
	boolean outOfMemory;

	/** Whether it was let go after it had said that it leaves. */
	boolean released;

	/** Where it was stuck, if it was asked and has said so. */
	@Nullable String stuckAt;

	/** When to send it SIGTERM; no time set is {@link Deadlines#NEVER}. */
	long terminateAt = Deadlines.NEVER;

	/** When to kill it; no time set is {@link Deadlines#NEVER}. */
	long killAt = Deadlines.NEVER;

	/** When it was last heard of. */
	long heardAt;

	/** Since when it has been heard of without a gap. */
	long responsiveSince;

	/** How late it is, {@code null} if it is responsive. */
	@Nullable Stall stall;

	/** Whether a debugger may stop it at any time. */
	boolean debugged;

	/** What it may use before it is recycled, {@code null} until that is drawn. */
	@Nullable ChildLimits limits;

	/** When its process has to be gone after it was killed. */
	long goneAt = Deadlines.NEVER;

	/** Whether its process was killed long ago and is still there. */
	boolean lingers;

	/** How many listeners it was passed. */
	int passed;

	final Set<Integer> held = new HashSet<>();

	final Set<Integer> blocked = new HashSet<>();

	/** The assignment that it was last sent. */
	Set<Integer> assigned = Set.of();

	long assignedVersion;

	/** The assignment that it has confirmed. */
	Set<Integer> confirmed = Set.of();

	Child(long launch, Slot place, ChildIdentity identity, long launchedAt, long launchedNanos) {
		this.launch = launch;
		this.place = place;
		this.identity = identity;
		this.launchedAt = launchedAt;
		this.bootsFrom = launchedAt;
		this.launchedNanos = launchedNanos;
		this.heardAt = launchedAt;
		this.responsiveSince = launchedAt;
	}

	long servedNanos(long now) {
		// The boot does not count
		return this.served ? now - this.readyAt : 0;
	}

	int slot() {
		return this.identity.slot();
	}

	boolean ready() {
		return this.state == ChildState.READY && this.connected;
	}

	boolean stalled() {
		return this.stall != null;
	}

	boolean leaving() {
		return this.state == ChildState.LEAVING;
	}

	void block(int listener, boolean nowBlocked) {
		if (nowBlocked) {
			this.blocked.add(listener);
		}
		else {
			this.blocked.remove(listener);
		}
	}

	@Override
	public String toString() {
		return this.identity.toString();
	}

	/**
	 * Return the listeners that it was passed.
	 * @return the indexes, also of those that it has not said to hold yet
	 */
	Set<Integer> passedListeners() {
		Set<Integer> passed = new HashSet<>(this.held);
		IntStream.range(0, this.passed).forEach(passed::add);
		return passed;
	}

}
