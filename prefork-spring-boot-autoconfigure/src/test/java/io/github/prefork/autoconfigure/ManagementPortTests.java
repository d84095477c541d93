package io.github.prefork.autoconfigure;

import java.net.InetSocketAddress;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ManagementPort}.
 */
class ManagementPortTests {

	@Test
	void ofWhenServerIsSeparateIsItsPort() {
		InetSocketAddress port = separate("management.server.port=8081");
		assertThat(port).isEqualTo(new InetSocketAddress(8081));
		assertThat(separate("management.server.port=8081", "management.server.address=127.0.0.2"))
			.isEqualTo(new InetSocketAddress("127.0.0.2", 8081));
	}

	@Test
	void ofWhenSystemChoosesThePortIsNone() {
		assertThat(separate("management.server.port=0")).isNull();
	}

	@Test
	void ofWhenThereIsNoSeparateServerIsNone() {
		assertThat(of(new GenericApplicationContext(), "management.server.port=8081")).isNull();
	}

	private static @Nullable InetSocketAddress separate(String... properties) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.registerBean(MastersOwn.MANAGEMENT_SERVER, Object.class);
		return of(context, properties);
	}

	private static @Nullable InetSocketAddress of(GenericApplicationContext context, String... properties) {
		TestPropertyValues.of(properties).applyTo(context);
		return ManagementPort.of(context);
	}

}
