package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.prefork.PreforkException;
import io.github.prefork.channel.AddressFamily;
import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.ToChild;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.web.server.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link ReservedPort}.
 */
@Timeout(60)
class ReservedPortTests {

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private final Deque<AutoCloseable> resources = new ArrayDeque<>();

	@AfterEach
	void closeResources() throws Exception {
		while (!this.resources.isEmpty()) {
			this.resources.pop().close();
		}
	}

	@Test
	void openWhenPortIsFreeLetsChildrenBindItAndNobodyElse() throws Exception {
		FleetListeners reserved = open(0);
		assertThat(reserved).isInstanceOf(ReservedPort.class);
		assertThat(reserved.port()).isPositive();
		assertThat(reserved.count()).isZero();
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new ServerSocket(reserved.port(), 1, LOOPBACK).close());
		for (int child = 0; child < 2; child++) {
			listen(reserved.port());
		}
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> new ServerSocket(reserved.port(), 1, LOOPBACK).close());
	}

	@Test
	void openWhenSomebodyListensSaysPortInUse() throws Exception {
		ServerSocket other = keep(new ServerSocket(0, 1, LOOPBACK));
		assertPortInUse(other.getLocalPort());
	}

	@Test
	void openWhenSomebodyListensWithReusePortSaysPortInUse() throws Exception {
		FleetListeners listens = MasterListeners.open(options(ListenerMode.REUSEPORT, Network.TCP, LOOPBACK, 0));
		keep(listens).listen();
		assertPortInUse(listens.port());
	}

	@Test
	void openWhenAnotherFleetHasItSaysPortInUse() {
		FleetListeners reserved = open(0);
		assertPortInUse(reserved.port());
		for (ListenerMode mode : List.of(ListenerMode.REUSEPORT, ListenerMode.SHARED)) {
			assertThatExceptionOfType(PortInUseException.class)
				.isThrownBy(() -> FleetListeners.open(options(mode, Network.TCP, LOOPBACK, reserved.port())));
		}
	}

	@Test
	void openWhenTwoStartAtOnceLetsOneHaveIt() throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		keep(executor::shutdownNow);
		for (int round = 0; round < 100; round++) {
			int port = freePort();
			CyclicBarrier barrier = new CyclicBarrier(2);
			List<CompletableFuture<@Nullable FleetListeners>> starts = List.of(start(executor, barrier, port),
					start(executor, barrier, port));
			List<FleetListeners> open = starts.stream()
				.map(CompletableFuture::join)
				.filter((it) -> it != null)
				.toList();
			open.forEach(FleetListeners::close);
			assertThat(open).as("fleets on one port").hasSizeLessThan(2);
		}
	}

	private static CompletableFuture<@Nullable FleetListeners> start(ExecutorService executor, CyclicBarrier barrier,
			int port) {
		return CompletableFuture.supplyAsync(() -> {
			try {
				barrier.await();
				return FleetListeners.open(options(ListenerMode.CHILD_BOUND, Network.TCP, LOOPBACK, port));
			}
			catch (PortInUseException ex) {
				return null;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}, executor);
	}

	@Test
	void openWhenClosedLeavesThePort() throws Exception {
		FleetListeners reserved = open(0);
		reserved.close();
		keep(new ServerSocket(reserved.port(), 1, LOOPBACK));
	}

	@Test
	void openWhenAddressIsNotOfThisMachineNamesIt() throws Exception {
		InetAddress foreign = InetAddress.getByName("192.0.2.1");
		assertThatExceptionOfType(PreforkException.class)
			.isThrownBy(() -> FleetListeners.open(options(ListenerMode.CHILD_BOUND, Network.TCP, foreign, 0)))
			.withMessageContaining("192.0.2.1")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("server.address"));
	}

	@Test
	void offerWhenAddressIsGivenTellsTheChildWhatToBind() {
		FleetListeners reserved = open(0);
		MasterChannel channel = mock(MasterChannel.class);
		reserved.offer(channel, 7, 1);
		then(channel).should().send(7, new ToChild.Bind("127.0.0.1", reserved.port(), AddressFamily.ANY, 64));
	}

	@Test
	void offerWhenNoAddressIsGivenTellsTheFamily() throws Exception {
		FleetListeners reserved = keep(FleetListeners.open(options(ListenerMode.CHILD_BOUND, Network.TCP4, null, 0)));
		MasterChannel channel = mock(MasterChannel.class);
		reserved.offer(channel, 7, 0);
		then(channel).should().send(7, new ToChild.Bind("", reserved.port(), AddressFamily.IPV4, 64));
	}

	private void assertPortInUse(int port) {
		assertThatExceptionOfType(PortInUseException.class).isThrownBy(() -> open(port))
			.satisfies((ex) -> assertThat(ex.getPort()).isEqualTo(port));
	}

	private FleetListeners open(int port) {
		return keep(FleetListeners.open(options(ListenerMode.CHILD_BOUND, Network.TCP, LOOPBACK, port)));
	}

	private static ListenerOptions options(ListenerMode mode, Network network, @Nullable InetAddress address,
			int port) {
		return new ListenerOptions(mode, network, 2, address, port, 64);
	}

	private void listen(int port) throws IOException {
		ServerSocketChannel socket = keep(ServerSocketChannel.open());
		socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		socket.bind(new InetSocketAddress(LOOPBACK, port));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
			return socket.getLocalPort();
		}
	}

	private <T extends AutoCloseable> T keep(T resource) {
		this.resources.push(resource);
		return resource;
	}

}
