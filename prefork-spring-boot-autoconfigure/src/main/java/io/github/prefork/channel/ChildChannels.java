package io.github.prefork.channel;

import java.time.Duration;

/**
 * Opens the child's end of the channel.
 */
public final class ChildChannels {

	private ChildChannels() {
	}

	/**
	 * Claim the place that an address stands for. Waits for the master's answer.
	 * @param address the address of the master, with the token
	 * @param hello what to say to it
	 * @param timeout how long to wait for the answer
	 * @return the channel
	 * @throws ClaimRefusedException if the master refuses or does not answer in time, or
	 * if there is no master
	 */
	public static ChildChannel claim(ChannelAddress address, ToMaster.Hello hello, Duration timeout)
			throws ClaimRefusedException {
		return claim(address, hello, timeout, Transport.best());
	}

	static ChildChannel claim(ChannelAddress address, ToMaster.Hello hello, Duration timeout, Transport transport)
			throws ClaimRefusedException {
		NettyChildChannel channel = new NettyChildChannel(address.path(), transport);
		boolean claimed = false;
		try {
			channel.claim(hello, timeout);
			claimed = true;
			return channel;
		}
		finally {
			if (!claimed) {
				channel.close();
			}
		}
	}

}
