package io.github.prefork.autoconfigure;

import io.github.prefork.master.listener.ListenerMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Platform}.
 */
class PlatformTests {

	private static final String CAUSE = "Error loading shared library ld-linux-x86-64.so.2";

	@ParameterizedTest
	@EnumSource
	void problemWhenEpollWorksIsNone(ListenerMode mode) {
		Platform platform = new Platform("Linux", true, false, "", false);
		assertThat(platform.problem(mode)).isEmpty();
		assertThat(platform.mode(mode)).isEqualTo(mode);
		assertThat(platform.difference(mode)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void problemWhenWindowsNamesIt(ListenerMode mode) {
		Platform platform = new Platform("Windows Server 2025", false, false, "it needs Linux", false);
		assertThat(platform.problem(mode)).get().asString().contains("needs Linux").contains("Windows Server 2025");
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void problemWhenMuslNamesItAndWhatToDo(ListenerMode mode) {
		assertThat(musl().problem(mode)).get()
			.asString()
			.contains("musl")
			.contains(CAUSE)
			.contains("glibc")
			.contains("prefork.listener=child-bound");
	}

	@Test
	void problemWhenMuslAndChildBoundIsNone() {
		assertThat(musl().problem(ListenerMode.CHILD_BOUND)).isEmpty();
		assertThat(musl().difference(ListenerMode.CHILD_BOUND)).isEmpty();
	}

	@Test
	void problemWhenNothingCanBeSharedNamesBoth() {
		Platform platform = new Platform("Linux", true, false, CAUSE, false);
		assertThat(platform.problem(ListenerMode.CHILD_BOUND)).get()
			.asString()
			.contains(CAUSE)
			.contains("SO_REUSEPORT");
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void modeWhenEpollDoesNotWorkIsChildBoundAndSaysWhatThatMeans(ListenerMode mode) {
		Platform platform = new Platform("Linux", true, false, CAUSE, true);
		assertThat(platform.problem(mode)).isEmpty();
		assertThat(platform.mode(mode)).isEqualTo(ListenerMode.CHILD_BOUND);
		assertThat(platform.difference(mode)).get()
			.asString()
			.startsWith("prefork.listener=" + mode)
			.contains(CAUSE)
			.contains("child-bound");
	}

	@Test
	void currentWhenOnThisMachineHasEpoll() {
		Platform platform = Platform.current();
		assertThat(platform.linux()).isTrue();
		assertThat(platform.epollProblem()).isEmpty();
	}

	@Test
	void currentWhenNativeTransportIsSwitchedOffSaysSo() {
		System.setProperty("reactor.netty.native", "false");
		try {
			Platform platform = Platform.current();
			assertThat(platform.epollProblem()).isEqualTo("reactor.netty.native=false");
			assertThat(platform.reusePort()).isTrue();
			assertThat(platform.musl()).isFalse();
		}
		finally {
			System.clearProperty("reactor.netty.native");
		}
	}

	@Test
	void currentWhenNotLinuxNamesTheSystem() {
		String system = System.getProperty("os.name");
		System.setProperty("os.name", "Windows Server 2025");
		try {
			assertThat(Platform.current())
				.isEqualTo(new Platform("Windows Server 2025", false, false, "it needs Linux", false));
		}
		finally {
			System.setProperty("os.name", system);
		}
	}

	@Test
	void hintWhenLibraryCannotBeLoadedNamesTheDirectory() {
		assertThat(Platform.hint("failed to map segment", true)).contains("failed to map segment")
			.contains("io.netty.native.workdir");
		assertThat(Platform.hint("no library", false)).contains("class path");
	}

	private static Platform musl() {
		return new Platform("Linux", true, true, CAUSE, true);
	}

}
