package io.github.prefork.child;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import io.github.prefork.channel.AddressFamily;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.web.server.PortInUseException;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChildWebServer} where the child binds its own socket.
 */
@Timeout(60)
class ChildBoundServerTests {

	private final ReactorResourceFactory resources = new ReactorResourceFactory();

	private final FakeChildChannel channel = new FakeChildChannel(5000);

	private final FakeExit exit = new FakeExit();

	private final TestServer application = new TestServer();

	private SocketChannel reservation;

	private int port;

	@TempDir
	private Path directory;

	private ChildWebServer server;

	@BeforeEach
	void reserve() throws IOException {
		this.reservation = SocketChannel.open();
		this.reservation.setOption(StandardSocketOptions.SO_REUSEPORT, true);
		this.reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.port = ((InetSocketAddress) this.reservation.getLocalAddress()).getPort();
	}

	@AfterEach
	void close() throws IOException {
		if (this.server != null) {
			this.server.stop();
			this.resources.stop();
		}
		this.channel.close();
		this.reservation.close();
	}

	private void prepare(Transport transport, ToChild.Bind bind) {
		this.resources.setUseGlobalResources(false);
		this.resources.setLoopResourcesSupplier(transport::resources);
		this.resources.setShutdownQuietPeriod(Duration.ZERO);
		this.resources.start();
		ChildLink link = new ChildLink(this.channel,
				new ChannelAddress(1, 0, "ab", this.directory.resolve("s").toString()), this.exit);
		link.open();
		this.server = ChildWebServer.create(this.application::create, this.resources, link,
				new ToMaster.ServerStarting("", 0, false));
		this.channel.onSend((message) -> {
			if (message instanceof ToMaster.ServerStarting) {
				this.channel.say(bind);
			}
		});
	}

	private void start(Transport transport) {
		prepare(transport, new ToChild.Bind("127.0.0.1", this.port, AddressFamily.ANY, 16));
		this.server.start();
	}

	@ParameterizedTest
	@EnumSource
	void startWhenMasterHasNoListenersBindsBesideItAndServes(Transport transport) throws IOException {
		start(transport);
		assertThat(this.server.getPort()).isEqualTo(this.port);
		assertThat(TestListeners.answer(TestListeners.request(this.port, "/"))).endsWith("quick");
		assertThat(this.channel.sent(ToMaster.ListenerHeld.class)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void startWhenPortIsNotSharedSaysPortInUse(Transport transport) throws IOException {
		this.reservation.close();
		try (java.net.ServerSocket other = new java.net.ServerSocket(this.port, 1, InetAddress.getLoopbackAddress())) {
			prepare(transport, new ToChild.Bind("127.0.0.1", other.getLocalPort(), AddressFamily.ANY, 16));
			assertThatExceptionOfType(PortInUseException.class).isThrownBy(this.server::start);
		}
	}

	@ParameterizedTest
	@EnumSource
	void startWhenIpv4IsWantedServesThatAlone(Transport transport) throws IOException {
		this.reservation.close();
		prepare(transport, new ToChild.Bind("", this.port, AddressFamily.IPV4, 16));
		this.server.start();
		assertThat(TestListeners.answer(TestListeners.request(this.port, "/"))).endsWith("quick");
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> new java.net.Socket("::1", this.port).close());
	}

	@ParameterizedTest
	@EnumSource
	void drainWhenConnectionsWaitServesThemAndRefusesLater(Transport transport) throws Exception {
		start(transport);
		CountDownLatch unblock = new CountDownLatch(1);
		// The event loop accepts nothing meanwhile
		this.resources.getLoopResources().onServer(true).next().execute(() -> await(unblock));
		List<java.net.Socket> clients = new ArrayList<>();
		for (int count = 0; count < 10; count++) {
			clients.add(TestListeners.request(this.port, "/"));
		}
		this.channel.say(new ToChild.Drain());
		unblock.countDown();
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).contains("exit 0"));
		this.server.shutDownGracefully((result) -> {
		});
		Awaitility.await().untilAsserted(this::assertRefused);
		for (java.net.Socket client : clients) {
			assertThat(TestListeners.answer(client)).endsWith("quick");
		}
	}

	@Test
	void closeWhenConnectionsWaitServesThem() throws Exception {
		start(Transport.NIO);
		SingleThreadEventExecutor loop = (SingleThreadEventExecutor) this.resources.getLoopResources()
			.onServer(false)
			.next();
		CountDownLatch unblock = new CountDownLatch(1);
		loop.execute(() -> await(unblock));
		// The question whether it is blocked
		Awaitility.await().until(() -> loop.pendingTasks() == 1);
		List<java.net.Socket> clients = new ArrayList<>();
		for (int count = 0; count < 10; count++) {
			clients.add(TestListeners.request(this.port, "/"));
		}
		this.server.shutDownGracefully((result) -> {
		});
		// The channel is closed before the event loop has looked for connections again
		Awaitility.await().until(() -> loop.pendingTasks() > 1);
		unblock.countDown();
		for (java.net.Socket client : clients) {
			assertThat(TestListeners.answer(client)).endsWith("quick");
		}
	}

	@ParameterizedTest
	@EnumSource
	void drainWhenRequestIsInFlightRefusesOthersAndWaitsForIt(Transport transport) throws Exception {
		start(transport);
		java.net.Socket client = TestListeners.request(this.port, "/slow");
		this.application.awaitSlowRequest();
		this.channel.say(new ToChild.Drain());
		Awaitility.await().untilAsserted(this::assertRefused);
		assertThat(TestListeners.isSilent(client)).isTrue();
		assertThat(this.exit.calls()).isEmpty();
		this.application.answerSlowRequest();
		assertThat(TestListeners.answer(client)).endsWith("slow");
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).contains("exit 0"));
	}

	private void assertRefused() {
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> TestListeners.request(this.port, "/").close());
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Where the sockets of the web server come from.
	 */
	enum Transport {

		EPOLL {
			@Override
			LoopResources resources() {
				return LoopResources.create("child-test", 1, true);
			}
		},

		NIO {
			@Override
			LoopResources resources() {
				EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
				return (useNative) -> group;
			}
		};

		abstract LoopResources resources();

	}

}
