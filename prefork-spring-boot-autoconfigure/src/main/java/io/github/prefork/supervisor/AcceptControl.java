package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.prefork.supervisor.AcceptTable.Acceptor;

/**
 * Keeps what the children accept on in step with the accept table.
 */
final class AcceptControl {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Rules rules;

	private final Roster roster;

	private final QueueWatch queues;

	private long version;

	private long settlesAt = Deadlines.NEVER;

	/** Whether the table has to be computed again, and what it was last computed from. */
	private boolean outdated = true;

	private long seenChanges;

	AcceptControl(Ports ports, SupervisorSettings settings, Rules rules, Roster roster) {
		this.ports = ports;
		this.settings = settings;
		this.rules = rules;
		this.roster = roster;
		this.queues = new QueueWatch(ports.listeners(), settings.assistAfter());
	}

	/**
	 * Compute the table and send each child whose part of it has changed its part.
	 * @param now the time
	 */
	void update(long now) {
		sample(now);
		if (this.outdated || this.seenChanges != this.roster.acceptorChanges() || now >= this.settlesAt) {
			this.outdated = false;
			this.seenChanges = this.roster.acceptorChanges();
			compute(now);
		}
	}

	private void compute(long now) {
		List<Acceptor> acceptors = this.roster.live()
			.stream()
			.filter(this::takesPart)
			.map((child) -> view(child, now))
			.toList();
		Map<Long, Set<Integer>> table = this.rules.accepting()
			.assign(acceptors, this.ports.listeners().count(), this.settings.owned(), this.queues::assisted);
		for (Child child : this.roster.live()) {
			if (child.connected) {
				assign(child, table.getOrDefault(child.launch, Set.of()));
			}
		}
		this.settlesAt = this.roster.current()
			.filter((child) -> child.ready() && !child.stalled() && !settled(child, now))
			.mapToLong((child) -> Deadlines.in(child.responsiveSince, settling()))
			.min()
			.orElse(Deadlines.NEVER);
	}

	/**
	 * Do no more than to read the queues.
	 * @param now the time
	 * @return whether the table is still right
	 */
	boolean stillRight(long now) {
		sample(now);
		return !this.outdated && this.seenChanges == this.roster.acceptorChanges() && now < this.settlesAt;
	}

	private void sample(long now) {
		this.outdated |= watching() && this.queues.sample(now);
	}

	private boolean watching() {
		return this.settings.owned() && this.ports.listeners().count() > 0 && this.roster.ready() > 1;
	}

	private boolean takesPart(Child child) {
		// One that leaves before it has served must not begin to
		boolean serves = child.ready() || (child.leaving() && child.served && !child.place.ofStandby());
		return child.connected && serves && !child.held.isEmpty();
	}

	private Acceptor view(Child child, long now) {
		return new Acceptor(child.launch, child.slot(), child.ready(), !child.stalled(), settled(child, now),
				child.held, child.blocked, child.confirmed);
	}

	private boolean settled(Child child, long now) {
		return !child.stalled() && now - child.responsiveSince >= settling().toNanos();
	}

	private Duration settling() {
		return this.settings.stallTimeout().multipliedBy(2);
	}

	private void assign(Child child, Set<Integer> listeners) {
		if (!child.assigned.equals(listeners)) {
			child.assigned = Set.copyOf(listeners);
			child.assignedVersion = ++this.version;
			child.confirmed = intersection(child.confirmed, child.assigned);
			this.outdated = true;
			this.ports.messenger().accept(child.launch, child.assignedVersion, child.assigned);
		}
	}

	/**
	 * Listeners have been added: pass them to whoever has been passed the others.
	 * @param now the time
	 */
	void added(long now) {
		this.queues.added(now);
		this.outdated = true;
		int count = this.ports.listeners().count();
		for (Child child : this.roster.live()) {
			if (child.connected && child.passed > 0 && child.passed < count) {
				this.ports.messenger().passMore(child.launch, child.passed);
				child.passed = count;
			}
		}
	}

	void stirred(long now) {
		this.queues.stirred(now);
	}

	void confirm(Child child, long version) {
		if (version == child.assignedVersion) {
			child.confirmed = child.assigned;
		}
	}

	/**
	 * Return whether every listener is known to be accepted on by a ready child.
	 * @return whether a child that leaves can stop accepting
	 */
	boolean covered() {
		Set<Integer> covered = new HashSet<>();
		this.roster.current().filter(Child::ready).forEach((child) -> covered.addAll(child.confirmed));
		return covered.size() == this.ports.listeners().count();
	}

	long nextDeadline() {
		return watching() ? Math.min(this.settlesAt, this.queues.nextDeadline()) : this.settlesAt;
	}

	private static Set<Integer> intersection(Set<Integer> one, Set<Integer> other) {
		return one.stream().filter(other::contains).collect(Collectors.toUnmodifiableSet());
	}

}
