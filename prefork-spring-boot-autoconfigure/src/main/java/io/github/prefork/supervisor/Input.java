package io.github.prefork.supervisor;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something that the supervisor has to react to. A launch is identified by a number that
 * is never used again, so a late input of an earlier child can't be taken for one of its
 * replacement.
 */
public sealed interface Input {

	/**
	 * Something that concerns one child.
	 */
	sealed interface OfChild extends Input {

		/**
		 * Return the launch that it concerns.
		 * @return the number of the launch
		 */
		long launch();

	}

	/**
	 * Start the fleet.
	 *
	 * @param attached whether the application is there already. If not, nothing is
	 * published until {@link Attached}
	 */
	record Start(boolean attached) implements Input {

		public Start() {
			this(true);
		}

	}

	/**
	 * The application is there: it can be told what has happened.
	 */
	record Attached() implements Input {

	}

	/**
	 * Stop the fleet.
	 *
	 * @param urgent whether to kill at once instead of draining
	 */
	record Stop(boolean urgent) implements Input {

	}

	/**
	 * A connection has come to a listener after {@link Listeners#alert()}.
	 */
	record QueueStirred() implements Input {

	}

	/**
	 * Replace all children, one after the other; answered by {@link Announcer#finished}.
	 *
	 * @param request a number to answer with
	 */
	record Restart(long request) implements Input {

	}

	/**
	 * Replace the child of one slot; answered by {@link Announcer#finished}.
	 *
	 * @param request a number to answer with
	 * @param slot the slot
	 */
	record Recycle(long request, int slot) implements Input {

	}

	/**
	 * Change the number of children; answered by {@link Announcer#finished}.
	 *
	 * @param request a number to answer with
	 * @param children how many there should be
	 */
	record Scale(long request, int children) implements Input {

	}

	/**
	 * Change the number of children by some; answered by {@link Announcer#finished}.
	 *
	 * @param request a number to answer with
	 * @param step how many more, negative for less
	 */
	record ScaleBy(long request, int step) implements Input {

	}

	/**
	 * A child has claimed its place.
	 *
	 * @param launch the launch
	 */
	record Claimed(long launch) implements OfChild {

	}

	/**
	 * The claim of a child was refused: it is of a release that can't be talked to.
	 *
	 * @param launch the launch
	 * @param reason why, in words
	 */
	record Refused(long launch, String reason) implements OfChild {

	}

	/**
	 * A child tells which build of the application it is.
	 *
	 * @param launch the launch
	 * @param version the version, {@code null} if not known
	 * @param time the time of the build, {@code null} if not known
	 */
	record Described(long launch, @Nullable String version, @Nullable Instant time) implements OfChild {

	}

	/**
	 * The web server of a child starts and wants the listeners.
	 *
	 * @param launch the launch
	 */
	record ServerStarting(long launch) implements OfChild {

	}

	/**
	 * A child holds a listener.
	 *
	 * @param launch the launch
	 * @param listener the index
	 */
	record ListenerHeld(long launch, int listener) implements OfChild {

	}

	/**
	 * A child's readiness.
	 *
	 * @param launch the launch
	 * @param accepting whether it accepts traffic
	 */
	record Readiness(long launch, boolean accepting) implements OfChild {

	}

	/**
	 * A sign of life of a child.
	 *
	 * @param launch the launch
	 */
	record Heartbeat(long launch) implements OfChild {

	}

	/**
	 * A sign of life of a child whose slowest event loop does not answer.
	 *
	 * @param launch the launch
	 * @param nanos for how long it has not, in nanoseconds
	 */
	record LoopBlocked(long launch, long nanos) implements OfChild {

	}

	/**
	 * A child that a debugger may stop at any time.
	 *
	 * @param launch the launch
	 */
	record Debugged(long launch) implements OfChild {

	}

	/**
	 * A child answers where it is stuck.
	 *
	 * @param launch the launch
	 * @param where the thread and its frame, in one line
	 */
	record Stuck(long launch, String where) implements OfChild {

	}

	/**
	 * A child accepts as it was told.
	 *
	 * @param launch the launch
	 * @param version the version of the assignment in force
	 */
	record Accepting(long launch, long version) implements OfChild {

	}

	/**
	 * Accepting on a listener fails in a child, or works again.
	 *
	 * @param launch the launch
	 * @param listener the index
	 * @param blocked whether it fails
	 */
	record AcceptBlocked(long launch, int listener, boolean blocked) implements OfChild {

	}

	/**
	 * A child has closed listeners as it was told.
	 *
	 * @param launch the launch
	 * @param request the number of the request
	 */
	record ListenersClosed(long launch, long request) implements OfChild {

	}

	/**
	 * A child leaves by itself.
	 *
	 * @param launch the launch
	 */
	record Leaving(long launch) implements OfChild {

	}

	/**
	 * The application of a child can't start.
	 *
	 * @param launch the launch
	 * @param cause why, in one line
	 */
	record Failing(long launch, String cause) implements OfChild {

	}

	/**
	 * The channel to a child has ended.
	 *
	 * @param launch the launch
	 */
	record ChannelClosed(long launch) implements OfChild {

	}

	/**
	 * Memory has run out in a child; it ends next.
	 *
	 * @param launch the launch
	 * @param detail which memory, in one line
	 */
	record OutOfMemory(long launch, String detail) implements OfChild {

	}

	/**
	 * The process of a child has ended.
	 *
	 * @param launch the launch
	 * @param exitCode its exit status, 128 + n for signal n
	 * @param evidence what else is found
	 */
	record Exited(long launch, int exitCode, ExitEvidence evidence) implements OfChild {

		public Exited(long launch, int exitCode) {
			this(launch, exitCode, ExitEvidence.NONE);
		}

	}

}
