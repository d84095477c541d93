package io.github.prefork.channel;

import java.util.Map;

import io.github.prefork.Operation;

/**
 * What a child says to its master.
 */
public sealed interface ToMaster extends Message {

	/**
	 * The first message of a control connection: claims the place that the token stands
	 * for.
	 *
	 * @param protocol the protocol version that the child speaks
	 * @param token the one-time token of the launch
	 * @param pid the process id of the child
	 */
	record Hello(int protocol, String token, long pid) implements ToMaster {

		/**
		 * The version of the protocol; a child of another version is refused.
		 */
		public static final int PROTOCOL = 6;

	}

	/**
	 * What the child is, once it knows its own configuration.
	 *
	 * @param version the version of the application, empty if not known
	 * @param buildTime when it was built, in milliseconds since the epoch, 0 if not known
	 * @param settings the names of the {@code prefork.*} properties that are set, each
	 * with a digest of its value
	 */
	record Described(String version, long buildTime, Map<String, Long> settings) implements ToMaster {

		public Described {
			settings = Map.copyOf(settings);
		}

	}

	/**
	 * The only message of a listeners connection; after it descriptors flow.
	 *
	 * @param key the key from {@link ToChild.Welcome}
	 */
	record AttachListeners(String key) implements ToMaster {

	}

	/**
	 * The child's web server starts and wants the listeners.
	 *
	 * @param address the local address that the application says, empty for any
	 * @param port the port that it says
	 * @param ownLauncher whether it has a {@link io.github.prefork.ChildLauncher}
	 */
	record ServerStarting(String address, int port, boolean ownLauncher) implements ToMaster {

	}

	/**
	 * The child holds a listener, registered and not accepting.
	 *
	 * @param listener the index of the listener
	 * @param port the local port that the child read from it
	 */
	record ListenerHeld(int listener, int port) implements ToMaster {

	}

	/**
	 * The child's readiness state.
	 *
	 * @param accepting whether it accepts traffic
	 */
	record Readiness(boolean accepting) implements ToMaster {

	}

	/**
	 * A sign of life. Usually it is not sent but written into shared memory.
	 *
	 * @param loopBlockedMillis for how long the slowest event loop has not answered
	 * @param figures what else can be told of the child
	 */
	record Heartbeat(long loopBlockedMillis, Figures figures) implements ToMaster {

		public Heartbeat(long loopBlockedMillis) {
			this(loopBlockedMillis, Figures.NONE);
		}

	}

	/**
	 * What a child counts and measures of itself.
	 *
	 * @param requests the requests that have come so far
	 * @param connections the connections that are open
	 * @param heapBytes how much of its heap is in use
	 * @param loopDelayNanos how long the slowest event loop took to answer when it was
	 * last asked, or has not answered by now
	 * @param gcMillis how long garbage collections took so far
	 */
	record Figures(long requests, long connections, long heapBytes, long loopDelayNanos, long gcMillis) {

		/**
		 * Those of a child that has not done anything.
		 */
		public static final Figures NONE = new Figures(0, 0, 0, 0, 0);

	}

	/**
	 * The child accepts as it was told.
	 *
	 * @param version the version of the last {@link ToChild.Accept} that is in force
	 */
	record Accepting(long version) implements ToMaster {

	}

	/**
	 * Accepting on a listener fails, for example because descriptors ran out, or works
	 * again.
	 *
	 * @param listener the index of the listener
	 * @param blocked whether accepting fails
	 */
	record AcceptBlocked(int listener, boolean blocked) implements ToMaster {

	}

	/**
	 * The child has closed listeners.
	 *
	 * @param request the number from {@link ToChild.CloseListeners}
	 */
	record ListenersClosed(long request) implements ToMaster {

	}

	/**
	 * The application of the child can't start; the child ends next.
	 *
	 * @param cause why, in one line
	 */
	record Failing(String cause) implements ToMaster {

	}

	/**
	 * Where the child is stuck, the answer to {@link ToChild.Examine}.
	 *
	 * @param where the thread and its frame, in one line
	 */
	record Stuck(String where) implements ToMaster {

	}

	/**
	 * A debugger may stop the child at any time.
	 */
	record Debugged() implements ToMaster {

	}

	/**
	 * Memory has run out in the child; it ends next.
	 *
	 * @param detail which memory, in one line
	 */
	record OutOfMemory(String detail) implements ToMaster {

	}

	/**
	 * The child leaves without having been asked; it waits for {@link ToChild.Drain}.
	 */
	record Leaving() implements ToMaster {

	}

	/**
	 * Somebody asks the child about the fleet; answered by {@link ToChild.FleetReported}.
	 *
	 * @param request a number to answer with
	 */
	record ReportRequest(long request) implements ToMaster {

	}

	/**
	 * Somebody asks the child for an operation; answered once, by
	 * {@link ToChild.OperationReported}.
	 *
	 * @param request a number to answer with
	 * @param waitMillis the time after which to answer though the operation has not
	 * ended, negative for none
	 * @param operation the operation
	 */
	record OperationRequest(long request, long waitMillis, Operation operation) implements ToMaster {

	}

}
