package io.github.prefork.child;

import java.nio.file.Path;
import java.time.Duration;

import io.github.prefork.ChildClaim;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildChannels;

/**
 * The claim of this process, made once. Safe for use by several threads: all but the
 * first caller wait for its answer.
 */
public final class ProcessClaim implements ChildClaim {

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
		return System.getProperty(ChannelAddress.LAUNCHED_BY_PROPERTY) != null;
	}

	/**
	 * Return what came of the claim. The first call makes it and may wait some seconds
	 * for the master.
	 * @return the outcome, the same for the life of the JVM
	 */
	public static ClaimOutcome outcome() {
		return Once.OUTCOME;
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
