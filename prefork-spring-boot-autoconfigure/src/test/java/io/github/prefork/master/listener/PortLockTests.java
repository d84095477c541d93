package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetAddress;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PortLock}.
 */
class PortLockTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	// Not a port of TCP, so that no real lock gets in the way
	private static final int PORT = 70001;

	@Test
	void takeWhenTakenThrowsException() throws Exception {
		PortLock lock = PortLock.take(LOOPBACK, PORT);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> PortLock.take(LOOPBACK, PORT))
			.matches(ListenerFailure::isAddressInUse);
		lock.release();
	}

	@Test
	void takeWhenReleasedTakes() throws Exception {
		PortLock lock = PortLock.take(LOOPBACK, PORT);
		lock.release();
		lock.release();
		PortLock.take(LOOPBACK, PORT).release();
	}

	@Test
	void takeWhenOtherAddressOrPortIsTakenTakes() throws Exception {
		PortLock lock = PortLock.take(LOOPBACK, PORT);
		PortLock.take(LOOPBACK, PORT + 1).release();
		PortLock.take(InetAddress.getByName("127.0.0.2"), PORT).release();
		lock.release();
	}

}
