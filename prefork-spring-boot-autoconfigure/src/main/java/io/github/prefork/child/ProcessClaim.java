package io.github.prefork.child;

import java.nio.file.Path;
import java.time.Duration;

import io.github.prefork.ChildClaim;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildChannels;
import io.github.prefork.channel.ChildProperties;

/**
 * The claim of this process, made once. Safe for use by several threads: all but the
 * first caller wait for its answer.
 */
public final class ProcessClaim implements ChildClaim {

	/**
	 * The system property that holds what a child calls its place in its log. It changes
	 * when a standby is given a slot.
	 */
	public static final String PLACE_PROPERTY = "io.github.prefork.place";

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	@Override
	public boolean claim() {
		return outcome() instanceof ClaimOutcome.Accepted;
	}

	/**
	 * Return whether a master launched this process as a child, whatever comes of its
	 * claim.
	 * @return whether it has the command line of a child
	 */
	public static boolean isOfChild() {
		return System.getProperty(ChildProperties.LAUNCHED_BY) != null;
	}

	/**
	 * Return what came of the claim. The first call makes it and may wait some seconds
	 * for the master.
	 * @return the outcome, the same for the life of the JVM
	 */
	public static ClaimOutcome outcome() {
		return Once.OUTCOME;
	}

	/**
	 * Return what a child calls its place in its log.
	 * @param slot the slot, negative for a standby
	 * @return a word or two
	 */
	public static String place(int slot) {
		return (slot >= 0) ? "slot " + slot : "standby";
	}

	private static ClaimOutcome decide() {
		ClaimOutcome outcome = new ClaimDecision(System::getenv, System::getProperty,
				MasterProcess::launchedThisProcess, MasterProcess::orphaned,
				(address, hello) -> ChildChannels.claim(address, hello, TIMEOUT))
			.decide();
		if (outcome instanceof ClaimOutcome.Orphaned orphaned) {
			end(orphaned);
		}
		if (outcome instanceof ClaimOutcome.Accepted accepted) {
			System.setProperty(PLACE_PROPERTY, place(accepted.link().slot()));
			TerminalSignals.leaveToMaster();
			accepted.link().outOfMemory().watchThreads();
			accepted.link().open();
		}
		return outcome;
	}

	private static void end(ClaimOutcome.Orphaned orphaned) {
		// There may be no logging yet
		System.err.println(orphaned.reason() + "; it ends");
		ChannelAddress.parse(System.getenv(ChannelAddress.VARIABLE))
			.map((address) -> new MasterSocket(Path.of(address.path())))
			.filter((socket) -> !socket.isAlive())
			.ifPresent(MasterSocket::remove);
		Runtime.getRuntime().halt(1);
	}

	/**
	 * Holds the outcome for the life of the JVM.
	 */
	private static final class Once {

		private static final ClaimOutcome OUTCOME = decide();

	}

}
