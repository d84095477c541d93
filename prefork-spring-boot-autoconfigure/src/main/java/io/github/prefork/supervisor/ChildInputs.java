package io.github.prefork.supervisor;

import java.util.function.Consumer;

import io.github.prefork.PreforkException;

/**
 * Hands what a child says, or what happens to it, to the part of the policy that it
 * concerns.
 */
final class ChildInputs {

	private final Ports ports;

	private final SupervisorSettings settings;

	private final Roster roster;

	private final Lifecycle lifecycle;

	private final Liveness liveness;

	private final Endings endings;

	private final AcceptControl accepting;

	private final StopSequence stop;

	private final Consumer<PreforkException> abort;

	ChildInputs(Ports ports, SupervisorSettings settings, Roster roster, Lifecycle lifecycle, Liveness liveness,
			Endings endings, AcceptControl accepting, StopSequence stop, Consumer<PreforkException> abort) {
		this.ports = ports;
		this.settings = settings;
		this.roster = roster;
		this.lifecycle = lifecycle;
		this.liveness = liveness;
		this.endings = endings;
		this.accepting = accepting;
		this.stop = stop;
		this.abort = abort;
	}

	/**
	 * React to an input.
	 * @param child the child that it concerns
	 * @param input the input
	 * @param now the time
	 */
	void take(Child child, Input.OfChild input, long now) {
		if (input instanceof Input.Heartbeat) {
			this.liveness.heartbeat(child, 0, now);
			return;
		}
		if (input instanceof Input.LoopBlocked blocked) {
			this.liveness.heartbeat(child, blocked.nanos(), now);
			return;
		}
		if (isOfListeners(input)) {
			this.liveness.heard(child, now);
			takeOfListeners(child, input);
			this.roster.acceptorChanged(child);
			return;
		}
		react(child, input, now);
		this.roster.changed(child);
	}

	private static boolean isOfListeners(Input.OfChild input) {
		return input instanceof Input.ListenerHeld || input instanceof Input.Accepting
				|| input instanceof Input.AcceptBlocked || input instanceof Input.ListenersClosed;
	}

	private void react(Child child, Input.OfChild input, long now) {
		if (input instanceof Input.Exited exited) {
			this.lifecycle.exited(child, exited, this.stop.stopping(), now);
			return;
		}
		if (input instanceof Input.ChannelClosed) {
			this.lifecycle.disconnected(child, now);
			return;
		}
		say(child, input, now);
		this.liveness.heard(child, now);
	}

	private void say(Child child, Input.OfChild input, long now) {
		if (input instanceof Input.Claimed) {
			child.claimed = true;
			child.connected = true;
		}
		else if (input instanceof Input.Refused refused) {
			child.refused = refused.reason();
			this.endings.refused(child, now);
		}
		else if (input instanceof Input.Described described) {
			child.build = child.build.with(described.version(), described.time());
		}
		else if (input instanceof Input.ServerStarting) {
			passListeners(child);
		}
		else if (input instanceof Input.Readiness readiness) {
			this.lifecycle.readiness(child, readiness.accepting(), now);
		}
		else if (input instanceof Input.Leaving) {
			leaving(child, now);
		}
		else if (input instanceof Input.Failing failing) {
			child.failing = failing.cause();
		}
		else if (input instanceof Input.Debugged) {
			child.debugged = true;
		}
		else if (input instanceof Input.Stuck stuck) {
			stuck(child, stuck.where(), now);
		}
		else if (input instanceof Input.OutOfMemory outOfMemory) {
			child.failing = outOfMemory.detail();
			child.outOfMemory = true;
		}
	}

	private void takeOfListeners(Child child, Input.OfChild input) {
		if (input instanceof Input.ListenerHeld held) {
			child.held.add(held.listener());
		}
		else if (input instanceof Input.Accepting confirmed) {
			this.accepting.confirm(child, confirmed.version());
		}
		else if (input instanceof Input.AcceptBlocked blocked) {
			child.block(blocked.listener(), blocked.blocked());
		}
		else if (input instanceof Input.ListenersClosed closed) {
			closed(child, closed.request());
		}
	}

	private void stuck(Child child, String where, long now) {
		child.stuckAt = where;
		this.ports.announcer()
			.log("The child in slot %d (pid %d) is stuck: %s".formatted(child.slot(), child.identity.pid(), where));
		if (!this.stop.stopping()) {
			this.endings.examined(child, now);
		}
	}

	private void passListeners(Child child) {
		if (this.stop.stopping()) {
			return;
		}
		try {
			this.ports.listeners().listen();
			child.passed = this.ports.listeners().count();
			this.ports.messenger().passListeners(child.launch, this.settings.owned() ? Math.max(0, child.slot()) : 0);
		}
		catch (RuntimeException ex) {
			this.abort.accept((ex instanceof PreforkException known) ? known
					: new PreforkException("The listeners can't be opened: " + ex.getMessage(), ex));
		}
	}

	private void leaving(Child child, long now) {
		this.lifecycle.leaving(child, this.stop.stopping(), now);
		if (this.stop.draining()) {
			this.ports.messenger().drain(child.launch);
		}
	}

	private void closed(Child child, long request) {
		if (this.stop.stopping()) {
			this.stop.closed(child, request);
		}
		else {
			this.ports.messenger().drain(child.launch);
		}
	}

}
