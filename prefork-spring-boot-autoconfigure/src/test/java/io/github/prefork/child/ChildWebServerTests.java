package io.github.prefork.child;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.GracefulShutdownResult;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link ChildWebServer} and the listeners that it adopts.
 */
@Timeout(60)
class ChildWebServerTests {

	private static final ToMaster.ServerStarting STARTING = new ToMaster.ServerStarting("127.0.0.1", 8080, true);

	private final ReactorResourceFactory resources = new ReactorResourceFactory();

	private final FakeChildChannel channel = new FakeChildChannel(5000);

	private final FakeExit exit = new FakeExit();

	private final TestServer application = new TestServer();

	private final List<Socket> listeners = new ArrayList<>();

	private final List<Integer> ports = new ArrayList<>();

	@TempDir
	private Path directory;

	private ChildLink link;

	private ChildWebServer server;

	@BeforeEach
	void open() throws IOException {
		this.resources.setUseGlobalResources(false);
		this.resources.setLoopResourcesSupplier(() -> LoopResources.create("child-test", 1, true));
		this.resources.setShutdownQuietPeriod(Duration.ZERO);
		this.resources.start();
		for (int index = 0; index < 2; index++) {
			this.listeners.add(TestListeners.open());
			this.ports.add(TestListeners.port(this.listeners.get(index)));
		}
		this.link = new ChildLink(this.channel, new ChannelAddress(1, 0, "ab", this.directory.resolve("s").toString()),
				this.exit);
		this.link.open();
		this.server = ChildWebServer.create(this.application::create, this.resources, this.link, STARTING);
	}

	@AfterEach
	void close() throws IOException {
		this.server.stop();
		this.resources.stop();
		this.channel.close();
	}

	private void start() {
		this.channel.onSend((message) -> {
			if (message instanceof ToMaster.ServerStarting) {
				this.channel.say(new ToChild.ListenersOffered(2, 1));
				this.listeners.forEach(this.channel::pass);
			}
		});
		this.server.start();
		await(new ToMaster.ListenerHeld(1, port(1)));
		assertThat(this.channel.sent()).containsOnlyOnce(STARTING);
	}

	private void accept(long version, Integer... indexes) {
		this.channel.say(new ToChild.Accept(version, Set.of(indexes)));
		await(new ToMaster.Accepting(version));
	}

	private void closeListeners(boolean last) {
		this.channel.say(new ToChild.CloseListeners(7, Set.of(0, 1), last));
		await(new ToMaster.ListenersClosed(7));
	}

	private void await(ToMaster message) {
		Awaitility.await().until(() -> this.channel.sent().contains(message));
	}

	private int port(int index) {
		return this.ports.get(index);
	}

	@Test
	void shutDownWhenTheEventLoopWaitsForItIsOverAtOnce() throws Exception {
		start();
		CompletableFuture<GracefulShutdownResult> result = new CompletableFuture<>();
		GenericApplicationContext context = new GenericApplicationContext();
		context.refresh();
		context.addApplicationListener((event) -> this.server.shutDownGracefully(result::complete));
		this.resources.getLoopResources().onServer(true).next().submit(context::close).get(10, TimeUnit.SECONDS);
		assertThat(result).isCompletedWithValue(GracefulShutdownResult.REQUESTS_ACTIVE);
	}

	@Test
	void startWhenServerListensOnSomethingElseFails() {
		this.server = ChildWebServer.create((resources) -> {
			NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory();
			factory.setResourceFactory(resources);
			factory.addServerCustomizers((server) -> server
				.bindAddress(() -> new DomainSocketAddress(this.directory.resolve("own").toString())));
			return factory.getWebServer((request, response) -> Mono.empty());
		}, this.resources, this.link, STARTING);
		assertThatIllegalStateException().isThrownBy(this::start).withMessageContaining("a NettyServerCustomizer");
	}

	@Test
	void startWhenListenersArePassedHoldsThemAndAcceptsOnNone() throws IOException {
		start();
		assertThat(this.server.getPort()).isEqualTo(port(1));
		assertThat(this.channel.sent(ToMaster.ListenerHeld.class))
			.containsExactly(new ToMaster.ListenerHeld(0, port(0)), new ToMaster.ListenerHeld(1, port(1)));
		for (int index = 0; index < 2; index++) {
			try (java.net.Socket client = TestListeners.request(port(index), "/")) {
				assertThat(TestListeners.isSilent(client)).isTrue();
			}
		}
	}

	@Test
	void acceptWhenToldServesWhatHasWaited() throws IOException {
		start();
		java.net.Socket own = TestListeners.request(port(1), "/");
		java.net.Socket other = TestListeners.request(port(0), "/");
		accept(1, 0);
		assertThat(TestListeners.answer(other)).endsWith("quick");
		assertThat(TestListeners.isSilent(own)).isTrue();
		accept(2, 0, 1);
		assertThat(TestListeners.answer(own)).endsWith("quick");
		for (int index = 0; index < 2; index++) {
			assertThat(TestListeners.answer(TestListeners.request(port(index), "/"))).endsWith("quick");
		}
	}

	@Test
	void acceptWhenWithdrawnLetsConnectionsWait() throws IOException {
		start();
		accept(1, 0, 1);
		assertThat(TestListeners.answer(TestListeners.request(port(0), "/"))).endsWith("quick");
		accept(2);
		for (int index = 0; index < 2; index++) {
			java.net.Socket client = TestListeners.request(port(index), "/");
			assertThat(TestListeners.isSilent(client)).isTrue();
			accept(3 + index, index);
			assertThat(TestListeners.answer(client)).endsWith("quick");
		}
	}

	@Test
	void listenerWhenAddedLaterIsHeldAndServed() throws IOException {
		start();
		add();
		await(new ToMaster.ListenerHeld(2, port(2)));
		java.net.Socket client = TestListeners.request(port(2), "/");
		assertThat(TestListeners.isSilent(client)).isTrue();
		accept(1, 1, 2);
		assertThat(TestListeners.answer(client)).endsWith("quick");
		this.channel.say(new ToChild.CloseListeners(7, Set.of(0, 1, 2), false));
		await(new ToMaster.ListenersClosed(7));
		assertRefused();
	}

	@Test
	void listenerWhenAddedWhileTheServerStartsIsHeldAfterTheOthers() throws IOException {
		Socket added = TestListeners.open();
		this.ports.add(TestListeners.port(added));
		this.channel.onSend((message) -> {
			if (message instanceof ToMaster.ServerStarting) {
				this.listeners.forEach(this.channel::pass);
				this.channel.pass(added);
				this.channel.say(new ToChild.ListenersOffered(2, 1));
			}
		});
		this.server.start();
		await(new ToMaster.ListenerHeld(2, port(2)));
		assertThat(this.channel.sent(ToMaster.ListenerHeld.class)).extracting(ToMaster.ListenerHeld::listener)
			.containsExactly(0, 1, 2);
	}

	@Test
	void listenerWhenAddedAfterTheOthersWereClosedIsClosed() throws IOException {
		start();
		closeListeners(false);
		add();
		Awaitility.await().untilAsserted(this::assertRefused);
		assertThat(this.channel.sent(ToMaster.ListenerHeld.class)).hasSize(2);
	}

	private void add() throws IOException {
		Socket added = TestListeners.open();
		this.ports.add(TestListeners.port(added));
		this.channel.pass(added);
	}

	@Test
	void closeWhenNotLastClosesWithoutServing() throws IOException {
		start();
		accept(1, 0, 1);
		closeListeners(false);
		assertRefused();
	}

	@Test
	void closeWhenLastServesWhatIsQueuedAndRefusesLater() throws IOException {
		start();
		accept(1, 1);
		accept(2);
		List<java.net.Socket> clients = new ArrayList<>();
		for (int count = 0; count < 40; count++) {
			clients.add(TestListeners.request(port(count % 2), "/"));
		}
		closeListeners(true);
		assertRefused();
		for (java.net.Socket client : clients) {
			assertThat(TestListeners.answer(client)).endsWith("quick");
		}
	}

	@Test
	void closeWhenRequestIsInFlightLetsGracefulShutdownWaitForIt() throws Exception {
		start();
		accept(1, 0, 1);
		java.net.Socket client = TestListeners.request(port(0), "/slow");
		this.application.awaitSlowRequest();
		closeListeners(true);
		assertRefused();
		assertThat(Thread.getAllStackTraces().keySet())
			.anyMatch((thread) -> thread.getName().equals("server") && !thread.isDaemon() && thread.isAlive());
		AtomicReference<GracefulShutdownResult> result = new AtomicReference<>();
		this.server.shutDownGracefully(result::set);
		assertThat(TestListeners.isSilent(client)).isTrue();
		assertThat(result).hasNullValue();
		this.application.answerSlowRequest();
		assertThat(TestListeners.answer(client)).endsWith("slow");
		Awaitility.await().untilAsserted(() -> assertThat(result).hasValue(GracefulShutdownResult.IDLE));
	}

	@Test
	void stopWhenServingClosesAllListeners() throws IOException {
		start();
		accept(1, 0, 1);
		this.server.stop();
		// Each closes on the event loop of its own
		Awaitility.await().untilAsserted(this::assertRefused);
		closeListeners(true);
	}

	@Test
	void startWhenStoppedFails() {
		start();
		this.server.stop();
		assertThatExceptionOfType(WebServerException.class).isThrownBy(this.server::start)
			.withMessageContaining("second time");
	}

	@Test
	void startWhenChannelEndsFailsAndClosesListeners() {
		this.channel.onSend((message) -> {
			if (message instanceof ToMaster.ServerStarting) {
				this.channel.pass(this.listeners.get(0));
				this.channel.pass(this.listeners.get(1));
				this.channel.end();
			}
		});
		assertThatExceptionOfType(WebServerException.class).isThrownBy(this.server::start)
			.havingCause()
			.withMessageContaining("connection to the master");
		assertRefused();
	}

	@Test
	void startWhenInterruptedFails() {
		this.channel.onSend((message) -> {
			if (message instanceof ToMaster.ServerStarting) {
				this.listeners.forEach(this.channel::pass);
				Thread.currentThread().interrupt();
			}
		});
		assertThatExceptionOfType(WebServerException.class).isThrownBy(this.server::start)
			.withMessageContaining("Interrupted");
		assertThat(Thread.interrupted()).isTrue();
		Awaitility.await().untilAsserted(this::assertRefused);
	}

	@Test
	void masterDiedWhenServingServesWhatIsQueuedAndEndsListeners() throws IOException {
		start();
		java.net.Socket client = TestListeners.request(port(0), "/");
		this.channel.end();
		assertThat(TestListeners.answer(client)).endsWith("quick");
		Awaitility.await().untilAsserted(this::assertRefused);
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).contains("exit 0"));
		assertThat(Files.exists(this.directory)).isTrue();
	}

	@Test
	void masterDiedWhenThatIsIgnoredAcceptsOnEveryListenerAsLongAsReady() throws IOException {
		start();
		accept(1, 1);
		this.link.onMasterDeath(OnMasterDeath.IGNORE);
		this.link.readiness(true);
		java.net.Socket waiting = TestListeners.request(port(0), "/");
		assertThat(TestListeners.isSilent(waiting)).isTrue();
		this.channel.end();
		assertThat(TestListeners.answer(waiting)).endsWith("quick");
		for (int index = 0; index < 2; index++) {
			assertThat(TestListeners.answer(TestListeners.request(port(index), "/"))).endsWith("quick");
		}
		this.link.readiness(false);
		this.resources.getLoopResources().onServer(true).submit(() -> {
		}).syncUninterruptibly();
		waiting = TestListeners.request(port(1), "/");
		assertThat(TestListeners.isSilent(waiting)).isTrue();
		this.link.readiness(true);
		assertThat(TestListeners.answer(waiting)).endsWith("quick");
		assertThat(this.exit.calls()).containsExactly("obey terminal");
		this.link.departure().leave();
		assertRefused();
	}

	@Test
	void masterDiedWhenThatIsIgnoredAndNeverReadyLeavesListenersToSiblings() throws IOException {
		start();
		Socket sibling = TestListeners.duplicate(this.listeners.get(0), this.directory.resolve("sibling"));
		this.link.onMasterDeath(OnMasterDeath.IGNORE);
		this.channel.end();
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).contains("exit 0"));
		try (java.net.Socket client = TestListeners.request(port(0), "/")) {
			assertThat(TestListeners.isSilent(client)).isTrue();
		}
		sibling.close();
		assertRefused();
	}

	@Test
	void heartbeatsWhenServingTellAboutBlockedEventLoop() {
		start();
		assertThat(this.channel.sent(ToMaster.Heartbeat.class)).isNotEmpty();
		CompletableFuture<Void> unblock = new CompletableFuture<>();
		this.resources.getLoopResources().onServer(true).next().execute(unblock::join);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.channel.sent(ToMaster.Heartbeat.class))
				.anyMatch((heartbeat) -> heartbeat.loopBlockedMillis() >= 100));
		unblock.complete(null);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.channel.sent(ToMaster.Heartbeat.class)).last()
				.satisfies((heartbeat) -> assertThat(heartbeat.loopBlockedMillis()).isZero()));
		assertThat(this.channel.sent(ToMaster.Heartbeat.class))
			.anyMatch((heartbeat) -> heartbeat.figures().loopDelayNanos() >= Duration.ofMillis(100).toNanos())
			.allMatch((heartbeat) -> heartbeat.figures().heapBytes() > 0);
	}

	private void assertRefused() {
		for (int port : this.ports) {
			assertThatExceptionOfType(ConnectException.class)
				.isThrownBy(() -> TestListeners.request(port, "/").close());
		}
	}

}
