package io.github.prefork.autoconfigure;

import java.net.InetAddress;
import java.util.Map;

import io.github.prefork.master.WantedServer;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ServerPlace}.
 */
class ServerPlaceTests {

	@Test
	void withoutPropertiesIsThatOfSpringBoot() {
		assertThat(place(Map.of())).isEqualTo(new ServerPlace(null, 8080));
	}

	@Test
	void isThatOfTheProperties() throws Exception {
		assertThat(place(Map.of("server.port", "0", "server.address", "::1")))
			.isEqualTo(new ServerPlace(InetAddress.getByName("::1"), 0));
	}

	@Test
	void isWantedByOneThatListensThere() {
		assertThat(place(Map.of()).isWantedBy(wanted("", 8080))).isTrue();
		assertThat(place(Map.of("server.address", "::1")).isWantedBy(wanted("0:0:0:0:0:0:0:1", 8080))).isTrue();
		assertThat(place(Map.of("server.address", "localhost")).isWantedBy(wanted("127.0.0.1", 8080))).isTrue();
	}

	@Test
	void isNotWantedByOneThatListensElsewhere() {
		assertThat(place(Map.of()).isWantedBy(wanted("", 8081))).isFalse();
		assertThat(place(Map.of()).isWantedBy(wanted("127.0.0.1", 8080))).isFalse();
		assertThat(place(Map.of("server.address", "127.0.0.1")).isWantedBy(wanted("", 8080))).isFalse();
	}

	@Test
	void isToldInWords() {
		assertThat(place(Map.of())).hasToString("port 8080");
		assertThat(place(Map.of("server.address", "127.0.0.1"))).hasToString("port 8080 of 127.0.0.1");
	}

	private static ServerPlace place(Map<String, String> properties) {
		return ServerPlace.of(new Binder(new MapConfigurationPropertySource(properties)));
	}

	private static WantedServer wanted(String address, int port) {
		return new WantedServer(address, port, false, Map.of());
	}

}
