package io.github.prefork.channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelAddress}.
 */
class ChannelAddressTests {

	@Test
	void parseWhenValueIsOursEqualsAddress() {
		ChannelAddress address = new ChannelAddress(42, 1_700_000_000_000L, "0a1b", "/tmp/with: colon/s");
		assertThat(ChannelAddress.parse(address.toValue())).contains(address);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "1:2:ff", "1:2:ff:", "x:2:ff:/s", "1:2:FF:/s", "1234567890123456789:2:ff:/s" })
	void parseWhenValueIsNotOursIsEmpty(String value) {
		assertThat(ChannelAddress.parse(value)).isEmpty();
	}

}
