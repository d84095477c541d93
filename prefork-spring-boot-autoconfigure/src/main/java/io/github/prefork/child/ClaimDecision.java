package io.github.prefork.child;

import java.util.function.Function;
import java.util.function.Predicate;

import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ChildProperties;
import io.github.prefork.channel.ToMaster;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Decides what this process is to the master that its environment names.
 *
 * @param environment looks up an environment variable
 * @param property looks up a system property
 * @param launchedBy whether a master is alive and launched this process
 * @param orphanOf whether this process has lost the master that launched it
 * @param claimant claims the place
 */
record ClaimDecision(Function<String, @Nullable String> environment, Function<String, @Nullable String> property,
		Predicate<ChannelAddress> launchedBy, Predicate<ChannelAddress> orphanOf, Claimant claimant) {

	private static final Log logger = LogFactory.getLog(ClaimDecision.class);

	/**
	 * Decide. Never throws: whatever goes wrong with a living master is a refusal.
	 * @return the outcome
	 */
	ClaimOutcome decide() {
		String value = this.environment.apply(ChannelAddress.VARIABLE);
		if (value == null || value.isBlank()) {
			return unclaimed();
		}
		ChannelAddress address = ChannelAddress.parse(value).orElse(null);
		if (address == null) {
			return new ClaimOutcome.Refused("the variable " + ChannelAddress.VARIABLE + " cannot be read");
		}
		try {
			return (this.launchedBy.test(address)) ? claim(address) : stale(address);
		}
		catch (Exception | LinkageError ex) {
			if (this.orphanOf.test(address)) {
				return orphaned(address);
			}
			String reason = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
			return isMarkedBy(address) ? rejected(address, reason) : new ClaimOutcome.Refused(reason);
		}
	}

	private ClaimOutcome unclaimed() {
		String master = mark();
		if (master == null) {
			return new ClaimOutcome.None();
		}
		// As a master it would launch a child that is a master, and so on; alone it would
		// be one application more, at the port of its own master perhaps
		return new ClaimOutcome.Orphaned("This process has the command line of a child of the master with pid " + master
				+ ", but not its environment; a ChildLauncher has to pass that on");
	}

	private ClaimOutcome claim(ChannelAddress address) throws Exception {
		ToMaster.Hello hello = new ToMaster.Hello(ToMaster.Hello.PROTOCOL, address.token(),
				ProcessHandle.current().pid());
		return new ClaimOutcome.Accepted(new ChildLink(this.claimant.claim(address, hello), address, ChildExit.JVM));
	}

	private ClaimOutcome stale(ChannelAddress address) {
		if (this.orphanOf.test(address)) {
			return orphaned(address);
		}
		if (isMarkedBy(address)) {
			// A wrapper may have been adopted by whoever, so ask the master itself
			return claimOfAdopted(address);
		}
		logger.debug(LogMessage.format("Ignoring %s: no living master with pid %s launched this process",
				ChannelAddress.VARIABLE, address.masterPid()));
		return unclaimed();
	}

	private ClaimOutcome claimOfAdopted(ChannelAddress address) {
		try {
			return claim(address);
		}
		catch (Exception | LinkageError ex) {
			return orphaned(address);
		}
	}

	private boolean isMarkedBy(ChannelAddress address) {
		return String.valueOf(address.masterPid()).equals(mark());
	}

	private @Nullable String mark() {
		return this.property.apply(ChildProperties.LAUNCHED_BY);
	}

	private static ClaimOutcome orphaned(ChannelAddress address) {
		return new ClaimOutcome.Orphaned(
				"The master with pid " + address.masterPid() + " has died while this child booted");
	}

	// It would be one application more, at the ports of its own master perhaps
	private static ClaimOutcome rejected(ChannelAddress address, String reason) {
		return new ClaimOutcome.Orphaned(
				"The master with pid " + address.masterPid() + " has refused this child: " + reason);
	}

	/**
	 * Claims a place at a master.
	 */
	@FunctionalInterface
	interface Claimant {

		/**
		 * Claim the place.
		 * @param address the address of the master
		 * @param hello what to say to it
		 * @return the channel
		 * @throws Exception if the claim is not accepted; the message is the reason
		 */
		ChildChannel claim(ChannelAddress address, ToMaster.Hello hello) throws Exception;

	}

}
