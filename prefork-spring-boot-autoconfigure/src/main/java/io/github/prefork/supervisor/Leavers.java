package io.github.prefork.supervisor;

import java.util.LinkedHashSet;
import java.util.Set;

import io.github.prefork.ChildState;

/**
 * The children that leave: by themselves, because they hang, or because their place is
 * another's or nobody's. Each may go once others accept wherever it does.
 */
final class Leavers {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Endings endings;

	private final Set<Child> leaving = new LinkedHashSet<>();

	Leavers(Ports ports, SupervisorSettings settings, Roster roster, Endings endings) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
		this.endings = endings;
	}

	/**
	 * A child leaves; when it has to be gone is somebody else's to say.
	 * @param child the child
	 */
	void add(Child child) {
		child.state = ChildState.LEAVING;
		this.leaving.add(child);
	}

	/**
	 * A child leaves by itself.
	 * @param child the child
	 * @param now the time
	 */
	void leaving(Child child, long now) {
		if (!child.leaving() && !child.planned) {
			killLater(child, now);
		}
		add(child);
	}

	/**
	 * Let a child go that has served and is not needed any more.
	 * @param child the child
	 * @param now the time
	 */
	void retire(Child child, long now) {
		child.planned = true;
		add(child);
		this.roster.changed(child);
		killLater(child, now);
	}

	private void killLater(Child child, long now) {
		// Once for its siblings to take over, once for what is in flight
		this.endings.killAt(child, Deadlines.in(now, this.settings.gracePeriod().multipliedBy(2)));
	}

	void gone(Child child) {
		this.leaving.remove(child);
	}

	/**
	 * Tell those who may go to do so.
	 * @param accepting tells whether others accept wherever they do
	 */
	void release(AcceptControl accepting) {
		for (Child child : this.leaving) {
			boolean idle = child.held.isEmpty() || !child.served || child.place.ofStandby();
			if (child.connected && !child.released && (idle || accepting.covered())) {
				child.released = true;
				if (child.held.isEmpty()) {
					this.ports.messenger().drain(child.launch);
				}
				else {
					this.ports.messenger().closeListeners(child.launch, 0, child.passedListeners(), false);
					child.held.clear();
					this.roster.acceptorChanged(child);
				}
			}
		}
	}

}
