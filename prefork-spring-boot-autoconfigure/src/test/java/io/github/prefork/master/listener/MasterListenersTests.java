package io.github.prefork.master.listener;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.prefork.PreforkException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.web.server.PortInUseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link MasterListeners}.
 */
class MasterListenersTests {

	private static final String IPV4_LOOPBACK = "127.0.0.1";

	private static final String IPV6_LOOPBACK = "::1";

	private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final String TIME_WAIT = "06";

	private final List<AutoCloseable> resources = new ArrayList<>();

	@AfterEach
	void closeResources() throws Exception {
		for (AutoCloseable resource : this.resources) {
			resource.close();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void listenWhenCalledLetsClientsConnect(ListenerMode mode) throws Exception {
		MasterListeners listeners = open(mode, 2, 0);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(listeners.port()));
		listeners.listen();
		assertThat(connect(listeners.port()).isConnected()).isTrue();
	}

	@Test
	void listenWhenRepeatedHasNoEffect() throws Exception {
		MasterListeners listeners = open(ListenerMode.REUSEPORT, 2, 0);
		listeners.listen();
		listeners.listen();
		assertThat(connect(listeners.port()).isConnected()).isTrue();
	}

	@Test
	void listenWhenClosedThrowsException() {
		MasterListeners listeners = open(ListenerMode.SHARED, 1, 0);
		listeners.close();
		assertThatIllegalStateException().isThrownBy(listeners::listen);
	}

	@Test
	void openWhenPortIsZeroGivesOnePortToAll() {
		MasterListeners listeners = open(ListenerMode.REUSEPORT, 3, 0);
		assertThat(listeners.count()).isEqualTo(3);
		assertThat(listeners.port()).isPositive();
		assertThat(listeners.descriptors()).hasSize(3)
			.allSatisfy((descriptor) -> assertThat(((io.netty.channel.unix.Socket) descriptor).localAddress().getPort())
				.isEqualTo(listeners.port()));
	}

	@Test
	void openWhenSharedOpensOneListener() {
		assertThat(open(ListenerMode.SHARED, 3, 0).count()).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1" })
	void openWhenAddressIsNullListensOnBothFamilies(String address) throws Exception {
		MasterListeners listeners = keep(
				MasterListeners.open(new ListenerOptions(ListenerMode.REUSEPORT, Network.TCP, 1, null, 0, 16)));
		listeners.listen();
		try (Socket client = new Socket()) {
			client.connect(new InetSocketAddress(address, listeners.port()), 1000);
			assertThat(client.isConnected()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void openWhenOthersListenThrowsPortInUseException(ListenerMode mode) throws Exception {
		ServerSocket other = keep(new ServerSocket(0, 1, LOOPBACK));
		assertPortInUse(mode, other.getLocalPort());
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void openWhenOtherFleetIsBoundThrowsPortInUseException(ListenerMode mode) {
		assertPortInUse(mode, open(ListenerMode.REUSEPORT, 2, 0).port());
		assertPortInUse(mode, open(ListenerMode.SHARED, 1, 0).port());
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void openWhenOtherFleetListensThrowsPortInUseException(ListenerMode mode) {
		MasterListeners reusePort = open(ListenerMode.REUSEPORT, 2, 0);
		reusePort.listen();
		assertPortInUse(mode, reusePort.port());
		MasterListeners shared = open(ListenerMode.SHARED, 1, 0);
		shared.listen();
		assertPortInUse(mode, shared.port());
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void openWhenSeveralFleetsStartAtOnceLetsOneThroughAtMost(ListenerMode mode) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(2);
		this.resources.add(executor::shutdownNow);
		for (int round = 0; round < 200; round++) {
			int port = freePort();
			CyclicBarrier barrier = new CyclicBarrier(2);
			Callable<@Nullable MasterListeners> start = () -> {
				barrier.await();
				return openUnlessInUse(mode, port);
			};
			List<Future<@Nullable MasterListeners>> starts = List.of(executor.submit(start), executor.submit(start));
			int through = 0;
			for (Future<@Nullable MasterListeners> future : starts) {
				through += (future.get() != null) ? 1 : 0;
			}
			closeResources(starts);
			assertThat(through).isLessThanOrEqualTo(1);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void listenWhenOtherFleetStartsAtOnceLeavesThePortToOne(ListenerMode mode) throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		this.resources.add(executor::shutdownNow);
		for (int round = 0; round < 500; round++) {
			MasterListeners owner = MasterListeners.open(new ListenerOptions(mode, Network.TCP, 1, LOOPBACK, 0, 256));
			CyclicBarrier barrier = new CyclicBarrier(2);
			Callable<@Nullable MasterListeners> start = () -> {
				barrier.await();
				return openUnlessInUse(mode, owner.port());
			};
			Future<@Nullable MasterListeners> other = executor.submit(start);
			barrier.await();
			owner.listen();
			MasterListeners through = other.get();
			owner.close();
			closeResources(List.of(other));
			assertThat(through).isNull();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void openWhenOtherFleetHoldsTheLockThrowsPortInUseException(ListenerMode mode) throws Exception {
		int port = freePort();
		PortLock lock = PortLock.take(LOOPBACK, port);
		this.resources.add(lock::release);
		assertPortInUse(mode, port);
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void lockWhenListenersAreOpenIsHeldUntilTheyListenOrClose(ListenerMode mode) throws Exception {
		MasterListeners listens = open(mode, 2, 0);
		MasterListeners closed = open(mode, 2, 0);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> PortLock.take(LOOPBACK, listens.port()));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> PortLock.take(LOOPBACK, closed.port()));
		listens.listen();
		closed.close();
		PortLock.take(LOOPBACK, listens.port()).release();
		PortLock.take(LOOPBACK, closed.port()).release();
	}

	@Test
	void openWhenAddressIsNotLocalNamesTheProperty() throws Exception {
		InetAddress foreign = InetAddress.getByName("192.0.2.1");
		assertThatExceptionOfType(PreforkException.class).isThrownBy(
				() -> MasterListeners.open(new ListenerOptions(ListenerMode.REUSEPORT, Network.TCP, 1, foreign, 0, 1)))
			.withMessageContaining("192.0.2.1")
			.satisfies((ex) -> assertThat(ex.getAction()).contains("server.address"));
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void openWhenConnectionsOfPreviousFleetLiveTakesThePort(ListenerMode mode) throws Exception {
		MasterListeners previous = open(mode, 1, 0);
		previous.listen();
		Socket client = connect(previous.port());
		io.netty.channel.unix.Socket accepted = accept(previous);
		previous.close();
		MasterListeners next = open(mode, 1, previous.port());
		next.listen();
		assertThat(connect(next.port()).isConnected()).isTrue();
		accepted.close();
		client.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void openWhenConnectionsOfPreviousFleetAreInTimeWaitTakesThePort(ListenerMode mode) throws Exception {
		MasterListeners previous = open(mode, 1, 0);
		previous.listen();
		Socket client = connect(previous.port());
		accept(previous).close();
		assertThat(client.getInputStream().read()).isEqualTo(-1);
		client.close();
		previous.close();
		Awaitility.await().atMost(DEADLINE).until(() -> hasState(previous.port(), TIME_WAIT));
		MasterListeners next = open(mode, 1, previous.port());
		next.listen();
		assertThat(connect(next.port()).isConnected()).isTrue();
	}

	@Test
	void listenWhenModeIsReusePortSpreadsConnections() throws Exception {
		MasterListeners listeners = open(ListenerMode.REUSEPORT, 4, 0);
		listeners.listen();
		for (int i = 0; i < 200; i++) {
			connect(listeners.port());
		}
		List<Integer> lengths = IntStream.range(0, 4).mapToObj(listeners::queueLength).toList();
		assertThat(lengths).allSatisfy((length) -> assertThat(length).isBetween(20, 90));
		assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
	}

	@Test
	void addWhenListeningSpreadsConnectionsOverThemToo() throws Exception {
		MasterListeners listeners = open(ListenerMode.REUSEPORT, 2, 0);
		listeners.listen();
		listeners.add(2);
		assertThat(listeners.count()).isEqualTo(4);
		for (int i = 0; i < 200; i++) {
			connect(listeners.port());
		}
		assertThat(IntStream.range(0, 4).map(listeners::queueLength).sum()).isEqualTo(200);
		assertThat(IntStream.range(0, 4).map(listeners::queueLength)).allMatch((length) -> length >= 20);
		assertPortInUse(ListenerMode.REUSEPORT, listeners.port());
	}

	@Test
	void addWhenItIsNotPossibleThrowsException() {
		MasterListeners bound = open(ListenerMode.REUSEPORT, 1, 0);
		assertThatIllegalStateException().isThrownBy(() -> bound.add(1));
		MasterListeners shared = open(ListenerMode.SHARED, 1, 0);
		shared.listen();
		assertThatIllegalStateException().isThrownBy(() -> shared.add(1));
		MasterListeners closed = open(ListenerMode.REUSEPORT, 1, 0);
		closed.listen();
		closed.close();
		assertThatIllegalStateException().isThrownBy(() -> closed.add(1));
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void queueLengthWhenConnectionsWaitCountsThem(ListenerMode mode) throws Exception {
		MasterListeners listeners = open(mode, 1, 0);
		assertThat(listeners.queueLength(0)).isEqualTo(-1);
		listeners.listen();
		assertThat(listeners.queueLength(0)).isZero();
		connect(listeners.port());
		connect(listeners.port());
		assertThat(listeners.queueLength(0)).isEqualTo(2);
		accept(listeners).close();
		assertThat(listeners.queueLength(0)).isEqualTo(1);
		listeners.close();
		assertThat(listeners.queueLength(0)).isEqualTo(-1);
	}

	@Test
	void queueLengthWhenClosedMeanwhileNeverReadsAnotherSocket() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		this.resources.add(executor::shutdownNow);
		MasterListeners listeners = open(ListenerMode.SHARED, 1, 0);
		listeners.listen();
		CountDownLatch reading = new CountDownLatch(1);
		Future<Integer> largest = executor.submit(() -> {
			int max = -1;
			for (int length = 0; length >= 0; length = listeners.queueLength(0)) {
				max = Math.max(max, length);
				reading.countDown();
			}
			return max;
		});
		assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
		listeners.close();
		// Would take the descriptor over and show a queue that is not empty
		MasterListeners other = open(ListenerMode.SHARED, 1, 0);
		other.listen();
		connect(other.port());
		assertThat(largest.get(10, TimeUnit.SECONDS)).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "REUSEPORT", "SHARED" })
	void closeWhenCalledLeavesNothing(ListenerMode mode) throws Exception {
		long before = openSockets();
		MasterListeners listeners = open(mode, 3, 0);
		MasterListeners neverListening = open(mode, 3, 0);
		listeners.listen();
		if (mode == ListenerMode.REUSEPORT) {
			listeners.add(2);
		}
		assertPortInUse(mode, listeners.port());
		listeners.close();
		listeners.close();
		neverListening.close();
		assertThat(openSockets()).isEqualTo(before);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(listeners.port()));
	}

	@Test
	void openWhenNetworkIsOfOneFamilyServesThatAlone() throws Exception {
		assumeThat(hasIpv6()).isTrue();
		MasterListeners ipv4 = keep(
				MasterListeners.open(new ListenerOptions(ListenerMode.REUSEPORT, Network.TCP4, 2, null, 0, 16)));
		MasterListeners ipv6 = keep(MasterListeners
			.open(new ListenerOptions(ListenerMode.REUSEPORT, Network.TCP6, 2, null, ipv4.port(), 16)));
		ipv4.listen();
		keep(new Socket(IPV4_LOOPBACK, ipv4.port()));
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(IPV6_LOOPBACK, ipv4.port()).close());
		ipv4.close();
		ipv6.listen();
		keep(new Socket(IPV6_LOOPBACK, ipv6.port()));
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(IPV4_LOOPBACK, ipv6.port()).close());
	}

	@Test
	void openWhenNetworkIsNotSetServesBothFamilies() throws Exception {
		assumeThat(hasIpv6()).isTrue();
		MasterListeners listeners = keep(
				MasterListeners.open(new ListenerOptions(ListenerMode.SHARED, Network.TCP, 1, null, 0, 16)));
		listeners.listen();
		keep(new Socket(IPV4_LOOPBACK, listeners.port()));
		keep(new Socket(IPV6_LOOPBACK, listeners.port()));
	}

	@Test
	void openWhenAddressIsNotOfTheNetworkNamesBoth() throws Exception {
		InetAddress ipv6 = InetAddress.getByName(IPV6_LOOPBACK);
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> new ListenerOptions(ListenerMode.REUSEPORT, Network.TCP4, 1, ipv6, 0, 16))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("prefork.network");
				assertThat(ex.getReason()).contains("server.address");
			});
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> new ListenerOptions(ListenerMode.REUSEPORT, Network.TCP6, 1, LOOPBACK, 0, 16));
		new ListenerOptions(ListenerMode.REUSEPORT, Network.TCP6, 1, ipv6, 0, 16);
	}

	private static boolean hasIpv6() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(IPV6_LOOPBACK))) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void assertPortInUse(ListenerMode mode, int port) {
		assertThatExceptionOfType(PortInUseException.class).isThrownBy(() -> open(mode, 2, port))
			.satisfies((ex) -> assertThat(ex.getPort()).isEqualTo(port));
	}

	private MasterListeners open(ListenerMode mode, int count, int port) {
		return keep(MasterListeners.open(new ListenerOptions(mode, Network.TCP, count, LOOPBACK, port, 256)));
	}

	private @Nullable MasterListeners openUnlessInUse(ListenerMode mode, int port) {
		try {
			return MasterListeners.open(new ListenerOptions(mode, Network.TCP, 2, LOOPBACK, port, 256));
		}
		catch (PortInUseException ex) {
			return null;
		}
	}

	private void closeResources(List<Future<@Nullable MasterListeners>> starts) throws Exception {
		for (Future<@Nullable MasterListeners> start : starts) {
			MasterListeners listeners = start.get();
			if (listeners != null) {
				listeners.close();
			}
		}
	}

	private int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
			return socket.getLocalPort();
		}
	}

	private Socket connect(int port) throws IOException {
		return keep(new Socket(LOOPBACK, port));
	}

	private io.netty.channel.unix.Socket accept(MasterListeners listeners) throws IOException {
		int descriptor = ((io.netty.channel.unix.Socket) listeners.descriptors().get(0)).accept(new byte[26]);
		return new io.netty.channel.unix.Socket(descriptor);
	}

	private <T extends AutoCloseable> T keep(T resource) {
		this.resources.add(resource);
		return resource;
	}

	private static boolean hasState(int port, String state) throws IOException {
		String local = String.format(Locale.ROOT, ":%04X", port);
		try (Stream<String> lines = Stream.concat(Files.readAllLines(Path.of("/proc/net/tcp")).stream(),
				Files.readAllLines(Path.of("/proc/net/tcp6")).stream())) {
			return lines.map((line) -> line.trim().split("\\s+"))
				.anyMatch((columns) -> columns[1].endsWith(local) && columns[3].equals(state));
		}
	}

	private static long openSockets() throws IOException {
		try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
			return descriptors.filter(MasterListenersTests::isSocket).count();
		}
	}

	private static boolean isSocket(Path descriptor) {
		try {
			return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
