package io.github.prefork.supervisor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the supervisor has been told and what it has told the children so far, apart from
 * what it makes of it.
 */
final class Told {

	final Set<Long> connected = new HashSet<>();

	final Set<Long> served = new HashSet<>();

	final Set<Long> left = new HashSet<>();

	/** Those that have said so with the last inputs. */
	final Set<Long> leftNow = new HashSet<>();

	final Set<Long> exited = new HashSet<>();

	/** Those that have exited with the last inputs. */
	final Set<Long> exitedNow = new HashSet<>();

	/** Those in whose place another has got ready; they count as leaving from then on. */
	final Set<Long> retired = new HashSet<>();

	/** Those that were asked where they hang; they count as leaving from then on. */
	final Set<Long> hung = new HashSet<>();

	final Set<Long> killed = new HashSet<>();

	/** Those whose end has a reason of the master's, however they end. */
	final Set<Long> condemned = new HashSet<>();

	/** Those that have said that memory had run out. */
	final Set<Long> outOfMemory = new HashSet<>();

	/** What each child has said to hold. */
	final Map<Long, Set<Integer>> held = new HashMap<>();

	final Map<Long, Set<Integer>> blocked = new HashMap<>();

	/** What each child was last told to accept on. */
	final Map<Long, Set<Integer>> sent = new HashMap<>();

	/** What each child has said to accept on and was not told to stop accepting on. */
	final Map<Long, Set<Integer>> confirmed = new HashMap<>();

	private final Map<Long, Set<Integer>> versions = new HashMap<>();

	final Set<Long> restarts = new HashSet<>();

	/** How often anything here may have changed. */
	long changes;

	boolean stop;

	boolean urgentStop;

	/** Whether the application is there. */
	boolean attached;

	void take(Input input) {
		this.changes += (input instanceof Input.Heartbeat || input instanceof Input.LoopBlocked) ? 0 : 1;
		if (input instanceof Input.Start start) {
			this.attached = start.attached();
		}
		else if (input instanceof Input.Attached) {
			this.attached = true;
		}
		else if (input instanceof Input.Restart restart) {
			this.restarts.add(restart.request());
		}
		else if (input instanceof Input.Stop request) {
			this.urgentStop = this.urgentStop || request.urgent();
			this.stop = true;
		}
		else if (input instanceof Input.Claimed claimed) {
			this.connected.add(claimed.launch());
		}
		else if (input instanceof Input.ChannelClosed closed) {
			this.connected.remove(closed.launch());
		}
		else if (input instanceof Input.OutOfMemory child) {
			this.outOfMemory.add(child.launch());
		}
		else if (input instanceof Input.Exited child) {
			this.connected.remove(child.launch());
			this.exited.add(child.launch());
			this.exitedNow.add(child.launch());
		}
		else if (input instanceof Input.Leaving leaving) {
			this.left.add(leaving.launch());
			this.leftNow.add(leaving.launch());
		}
		else if (input instanceof Input.Readiness readiness && readiness.accepting()
				&& !this.left.contains(readiness.launch()) && !this.killed.contains(readiness.launch())
				&& !this.retired.contains(readiness.launch())) {
			this.served.add(readiness.launch());
		}
		else if (input instanceof Input.ListenerHeld holding) {
			this.held.computeIfAbsent(holding.launch(), (launch) -> new HashSet<>()).add(holding.listener());
		}
		else if (input instanceof Input.AcceptBlocked change) {
			Set<Integer> listeners = this.blocked.computeIfAbsent(change.launch(), (launch) -> new HashSet<>());
			if (change.blocked()) {
				listeners.add(change.listener());
			}
			else {
				listeners.remove(change.listener());
			}
		}
		else if (input instanceof Input.Accepting accepting) {
			Set<Integer> listeners = new HashSet<>(this.versions.get(accepting.version()));
			listeners.retainAll(sent(accepting.launch()));
			this.confirmed.put(accepting.launch(), listeners);
		}
	}

	void send(long launch, long version, Set<Integer> listeners) {
		this.changes++;
		this.versions.put(version, listeners);
		this.sent.put(launch, listeners);
		this.confirmed.computeIfAbsent(launch, (key) -> new HashSet<>()).retainAll(listeners);
	}

	void sendClose(long launch, Set<Integer> listeners) {
		this.changes++;
		Set<Integer> remaining = new HashSet<>(sent(launch));
		remaining.removeAll(listeners);
		this.sent.put(launch, remaining);
	}

	Set<Integer> sent(long launch) {
		return this.sent.getOrDefault(launch, Set.of());
	}

	boolean isHeld(long launch, int listener) {
		return this.held.getOrDefault(launch, Set.of()).contains(listener);
	}

	boolean isBlocked(long launch, int listener) {
		return this.blocked.getOrDefault(launch, Set.of()).contains(listener);
	}

	boolean isConfirmed(long launch, int listener) {
		return this.confirmed.getOrDefault(launch, Set.of()).contains(listener);
	}

}
