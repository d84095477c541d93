package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.MasterChannels;
import io.github.prefork.channel.ToMaster;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the alert of {@link MasterListeners}, with real sockets.
 */
class ListenerAlertTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private final Deque<AutoCloseable> resources = new ArrayDeque<>();

	private final AtomicInteger told = new AtomicInteger();

	private final MasterChannel channel = keep(
			MasterChannels.open(Duration.ofMillis(100), Duration.ofSeconds(1), new Deaf()));

	@AfterEach
	void closeResources() throws Exception {
		while (!this.resources.isEmpty()) {
			this.resources.pop().close();
		}
	}

	@Test
	void alertWhenManyConnectionsComeTellsOnce() throws Exception {
		MasterListeners listeners = listening(3);
		assertThat(listeners.alert()).isTrue();
		for (int i = 0; i < 50; i++) {
			connect(listeners);
		}
		await().until(() -> this.told.get() == 1);
		await().during(Duration.ofMillis(100)).until(() -> this.told.get() == 1);
	}

	@Test
	void alertWhenNoConnectionComesTellsNothing() {
		assertThat(listening(3).alert()).isTrue();
		await().during(Duration.ofMillis(100)).until(() -> this.told.get() == 0);
	}

	@Test
	void alertWhenConnectionsWaitAlreadyTellsAtOnce() throws Exception {
		MasterListeners listeners = listening(1);
		connect(listeners);
		listeners.alert();
		await().until(() -> this.told.get() == 1);
		listeners.alert();
		await().until(() -> this.told.get() == 2);
	}

	@Test
	void alertWhenListenersWereAddedTellsOfTheirConnectionsToo() throws Exception {
		MasterListeners listeners = listening(1);
		listeners.alert();
		listeners.add(1);
		listeners.alert();
		while (listeners.queueLength(1) == 0) {
			connect(listeners);
		}
		await().until(() -> this.told.get() == 1);
		int before = listeners.queueLength(1);
		while (listeners.queueLength(0) + listeners.queueLength(1) < before + 20) {
			connect(listeners);
		}
		await().during(Duration.ofMillis(100)).until(() -> this.told.get() == 1);
	}

	@Test
	void alertWhenOnlyBoundIsNotPossible() throws Exception {
		MasterListeners listeners = bound(2);
		assertThat(listeners.alert()).isFalse();
		listeners.listen();
		assertThat(listeners.alert()).isTrue();
		connect(listeners);
		await().until(() -> this.told.get() == 1);
	}

	@Test
	void alertWhenChannelIsClosedIsNotPossible() {
		MasterListeners listeners = listening(1);
		assertThat(listeners.alert()).isTrue();
		this.channel.close();
		assertThat(listeners.alert()).isFalse();
	}

	@Test
	void closeLetsGoOfTheDescriptorsSoThatTheirNumbersCanBeUsedAgain() throws Exception {
		for (int i = 0; i < 3; i++) {
			MasterListeners listeners = listening(2);
			listeners.alert();
			connect(listeners);
			await().until(() -> this.told.get() == 1);
			listeners.close();
			assertThat(listeners.alert()).isFalse();
			this.told.set(0);
		}
	}

	private MasterListeners listening(int count) {
		MasterListeners listeners = bound(count);
		listeners.listen();
		return listeners;
	}

	private MasterListeners bound(int count) {
		MasterListeners listeners = keep(MasterListeners
			.open(new ListenerOptions(ListenerMode.REUSEPORT, Network.TCP, count, LOOPBACK, 0, 128)));
		listeners.watch(this.channel, this.told::incrementAndGet);
		return listeners;
	}

	private void connect(MasterListeners listeners) throws IOException {
		keep(new Socket(LOOPBACK, listeners.port()));
	}

	private <T extends AutoCloseable> T keep(T resource) {
		this.resources.push(resource);
		return resource;
	}

	private static ConditionFactory await() {
		return Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(Duration.ofSeconds(10));
	}

	private static final class Deaf implements MasterChannel.Listener {

		@Override
		public void claimed(long launch, ToMaster.Hello hello) {
		}

		@Override
		public void refused(long launch, String reason) {
		}

		@Override
		public void received(long launch, ToMaster message) {
		}

		@Override
		public void closed(long launch) {
		}

	}

}
