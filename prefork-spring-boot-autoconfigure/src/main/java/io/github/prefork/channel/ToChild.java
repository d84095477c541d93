package io.github.prefork.channel;

import java.util.Set;

import io.github.prefork.FleetReport;
import io.github.prefork.OperationReport;

/**
 * What a master says to a child.
 */
public sealed interface ToChild extends Message {

	/**
	 * The claim is accepted.
	 *
	 * @param slot the slot of the child; -1 in a standby
	 * @param generation the rollout that it belongs to
	 * @param heartbeatMillis the interval of its heartbeats
	 * @param drainMillis how long requests in flight may take after {@link Drain}
	 * @param listenersKey the key to open the listeners connection with
	 * @param heartbeatCell the cell of the memory that master and children share to write
	 * heartbeats into, -1 to send them as messages
	 */
	record Welcome(int slot, int generation, long heartbeatMillis, long drainMillis, String listenersKey,
			int heartbeatCell) implements ToChild {

	}

	/**
	 * The claim is refused; the connection ends.
	 *
	 * @param reason why, in words
	 */
	record Refused(String reason) implements ToChild {

	}

	/**
	 * The listeners follow on the listeners connection, in index order.
	 *
	 * @param count their number
	 * @param own the index that the child's main server adopts
	 */
	record ListenersOffered(int count, int own) implements ToChild {

	}

	/**
	 * There are no listeners: bind a socket with SO_REUSEPORT and accept on it.
	 *
	 * @param address the local address, empty for any
	 * @param port the port, which the master holds
	 * @param family which addresses
	 * @param backlog the limit of the accept queue, in connections
	 */
	record Bind(String address, int port, AddressFamily family, int backlog) implements ToChild {

	}

	/**
	 * Accept on exactly these listeners; answered by {@link ToMaster.Accepting}.
	 *
	 * @param version a number that grows with each such message
	 * @param listeners the indexes to accept on
	 */
	record Accept(long version, Set<Integer> listeners) implements ToChild {

		public Accept {
			listeners = Set.copyOf(listeners);
		}

	}

	/**
	 * A standby has a slot from now on.
	 *
	 * @param slot the slot
	 */
	record Assign(int slot) implements ToChild {

	}

	/**
	 * The child is the first one that serves: it writes to the log what each child does.
	 *
	 * @param children the number of children that there should be
	 */
	record Survey(int children) implements ToChild {

	}

	/**
	 * The child leads the fleet, or does so no longer.
	 *
	 * @param leader whether it leads
	 */
	record Lead(boolean leader) implements ToChild {

	}

	/**
	 * Close listeners; answered by {@link ToMaster.ListenersClosed}.
	 *
	 * @param request a number to answer with
	 * @param listeners the indexes to close
	 * @param last whether the child is the last holder: it accepts whatever is queued,
	 * then ends the socket for all holders, in one turn of the event loop
	 */
	record CloseListeners(long request, Set<Integer> listeners, boolean last) implements ToChild {

		public CloseListeners {
			listeners = Set.copyOf(listeners);
		}

	}

	/**
	 * Write the stacks of all threads to the own output; answered by
	 * {@link ToMaster.Stuck}.
	 */
	record Examine() implements ToChild {

	}

	/**
	 * No new connection will come: finish what is in flight and exit.
	 */
	record Drain() implements ToChild {

	}

	/**
	 * The fleet as it is, the answer to {@link ToMaster.ReportRequest}.
	 *
	 * @param request the number of the request
	 * @param report the report
	 */
	record FleetReported(long request, FleetReport report) implements ToChild {

	}

	/**
	 * An operation has ended, or the time to wait for that is over, or the child is about
	 * to go; the answer to {@link ToMaster.OperationRequest}.
	 *
	 * @param request the number of the request
	 * @param report how far the operation is
	 */
	record OperationReported(long request, OperationReport report) implements ToChild {

	}

}
