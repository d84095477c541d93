package io.github.prefork.child;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WantedAddress}.
 */
class WantedAddressTests {

	@Test
	void isMetByWhenPortIsTheSystemsToChoose() {
		assertThat(wanted("127.0.0.1", 0).isMetBy(new InetSocketAddress("127.0.0.1", 8080))).isTrue();
		assertThat(wanted("127.0.0.1", 0).isMetBy(new InetSocketAddress("127.0.0.2", 8080))).isFalse();
	}

	@Test
	void isMetByWhenPortDiffers() {
		assertThat(wanted("127.0.0.1", 8080).isMetBy(new InetSocketAddress("127.0.0.1", 8080))).isTrue();
		assertThat(wanted("127.0.0.1", 8081).isMetBy(new InetSocketAddress("127.0.0.1", 8080))).isFalse();
	}

	@Test
	void isMetByWhenBothAreAnyAddress() {
		assertThat(wanted("0.0.0.0", 8080).isMetBy(new InetSocketAddress("::", 8080))).isTrue();
		assertThat(wanted("0.0.0.0", 8080).isMetBy(new InetSocketAddress("::1", 8080))).isFalse();
		assertThat(wanted("127.0.0.1", 8080).isMetBy(new InetSocketAddress("::", 8080))).isFalse();
	}

	@Test
	void isMetByWhenAddressIsMapped() throws UnknownHostException {
		byte[] bytes = new byte[16];
		bytes[10] = -1;
		bytes[11] = -1;
		bytes[12] = 127;
		bytes[15] = 1;
		InetAddress mapped = Inet6Address.getByAddress(null, bytes, -1);
		assertThat(wanted("127.0.0.1", 8080).isMetBy(new InetSocketAddress(mapped, 8080))).isTrue();
	}

	@Test
	void isMetByWhenNothingCanBeSaid() {
		assertThat(wanted("127.0.0.1", 8080).isMetBy(null)).isTrue();
		InetSocketAddress actual = new InetSocketAddress("127.0.0.1", 8080);
		assertThat(new WantedAddress(InetSocketAddress.createUnresolved("localhost", 8080)).isMetBy(actual)).isTrue();
		assertThat(new WantedAddress(new DomainSocketAddress("/tmp/any")).isMetBy(actual)).isTrue();
	}

	private static WantedAddress wanted(String address, int port) {
		return new WantedAddress(new InetSocketAddress(address, port));
	}

}
