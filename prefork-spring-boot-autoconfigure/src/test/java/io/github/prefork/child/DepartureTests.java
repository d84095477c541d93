package io.github.prefork.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.prefork.MasterDied;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Departure} through the beans and the channel that lead to it.
 */
@Timeout(60)
class DepartureTests {

	private static final int DRAIN_MILLIS = 300;

	private final FakeChildChannel channel = new FakeChildChannel(DRAIN_MILLIS);

	private final FakeExit exit = new FakeExit();

	private final List<Object> published = new CopyOnWriteArrayList<>();

	private final GenericApplicationContext context = new GenericApplicationContext();

	@TempDir
	private Path temporary;

	private Path socket;

	private ChildLink link;

	@BeforeEach
	void open() throws IOException {
		this.socket = Files.createDirectory(this.temporary.resolve("prefork")).resolve("s");
		this.link = new ChildLink(this.channel, new ChannelAddress(42, 0, "ab", this.socket.toString()), this.exit);
		this.link.open();
		this.context.addApplicationListener(new DepartureListener(this.link, this.context));
		this.context.addApplicationListener(new ReadinessReporter(this.link, this.context));
		this.context.addApplicationListener((event) -> {
			if (event instanceof PayloadApplicationEvent<?> payload) {
				this.published.add(payload.getPayload());
			}
		});
		this.context.refresh();
	}

	@AfterEach
	void close() {
		this.channel.say(new ToChild.Drain());
		this.context.close();
		this.channel.close();
	}

	@Test
	void readinessWhenChangedIsReported() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		AvailabilityChangeEvent.publish(this.context, this, ReadinessState.REFUSING_TRAFFIC);
		GenericApplicationContext other = new GenericApplicationContext(this.context);
		other.refresh();
		AvailabilityChangeEvent.publish(other, ReadinessState.ACCEPTING_TRAFFIC);
		other.close();
		assertThat(this.channel.sent(ToMaster.Readiness.class)).containsExactly(new ToMaster.Readiness(true),
				new ToMaster.Readiness(false));
		assertThat(this.channel.sent()).doesNotContain(new ToMaster.Leaving());
	}

	@Test
	void closeWhenNotAskedLeavesAndWaitsForMaster() {
		CompletableFuture<Void> asked = new CompletableFuture<>();
		this.channel.onSend((message) -> {
			if (message instanceof ToMaster.Leaving) {
				assertThat(this.context.isActive()).isTrue();
				asked.complete(null);
				this.channel.say(new ToChild.Drain());
			}
		});
		this.context.close();
		assertThat(asked).isCompleted();
		assertThat(this.exit.calls()).isEmpty();
	}

	@Test
	void closeWhenMasterDoesNotAnswerGoesOnAfterDrainTimeout() {
		long started = System.nanoTime();
		this.context.close();
		assertThat(this.channel.sent()).contains(new ToMaster.Leaving());
		assertThat(System.nanoTime() - started).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS));
	}

	@Test
	void closeWhenTheEventLoopsWaitForItTellsTheMasterAndDoesNotWait() throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		this.link.probe().watch(loops);
		loops.submit(this.context::close).get(10, TimeUnit.SECONDS);
		assertThat(this.channel.sent()).contains(new ToMaster.Leaving());
		// Who waits for the master does not need that
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).containsExactly("halt 1"));
		loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
	}

	@Test
	void drainWhenStayingExitsAndDoesNotLeave() {
		this.channel.say(new ToChild.Drain());
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).containsExactly("exit 0"));
		this.context.close();
		assertThat(this.channel.sent()).doesNotContain(new ToMaster.Leaving());
	}

	@Test
	void channelClosedWhenMasterIsKilledPublishesRemovesSocketAndExits() throws IOException {
		ServerSocketChannel master = listen();
		ChannelAddress.heartbeats(this.socket).forEach(DepartureTests::create);
		assertThat(new MasterSocket(this.socket).isAlive()).isTrue();
		master.close();
		this.channel.end();
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).startsWith("exit 0"));
		assertThat(this.published).containsExactly(new MasterDied(42));
		assertThat(this.socket.getParent()).doesNotExist();
		assertThat(ChannelAddress.heartbeats(this.socket)).noneMatch(Files::exists);
		assertThat(this.temporary).exists();
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).containsExactly("exit 0", "halt 1"));
	}

	private static void create(Path file) {
		try {
			Files.createFile(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void channelClosedWhenMasterLivesExitsOnly() throws IOException {
		try (ServerSocketChannel master = listen()) {
			this.channel.end();
			Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).startsWith("exit 0"));
			assertThat(this.published).isEmpty();
			assertThat(this.socket).exists();
			assertThat(master.isOpen()).isTrue();
		}
	}

	@Test
	void channelClosedWhenSocketDirectoryIsUsedLeavesIt() throws IOException {
		Path other = Files.createFile(this.socket.resolveSibling("other"));
		listen().close();
		this.channel.end();
		Awaitility.await().until(() -> Files.notExists(this.socket));
		assertThat(other).exists();
	}

	@Test
	void channelClosedWhenPathIsNoSocketLeavesIt() throws IOException {
		Files.createFile(this.socket);
		this.channel.end();
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).startsWith("exit 0"));
		assertThat(this.socket).exists();
	}

	@Test
	void channelClosedWhenLeavingEndsTheWait() {
		endWhenLeaving();
		this.context.close();
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).startsWith("exit 0"));
	}

	@Test
	void channelClosedWhenMasterIsKilledAndThatIsIgnoredGoesOn() throws IOException {
		this.link.onMasterDeath(OnMasterDeath.IGNORE);
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		listen().close();
		this.channel.end();
		Awaitility.await().untilAsserted(() -> assertThat(this.published).contains(new MasterDied(42)));
		assertThat(this.socket.getParent()).doesNotExist();
		assertThat(this.exit.calls()).containsExactly("obey terminal");
		int heartbeats = this.channel.sent(ToMaster.Heartbeat.class).size();
		long started = System.nanoTime();
		this.context.close();
		assertThat(System.nanoTime() - started).isLessThan(TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS));
		assertThat(this.channel.sent()).doesNotContain(new ToMaster.Leaving());
		assertThat(this.channel.sent(ToMaster.Heartbeat.class)).hasSize(heartbeats);
		assertThat(this.exit.calls()).containsExactly("obey terminal");
	}

	@Test
	void channelClosedWhenMasterIsKilledBeforeTheChildWasReadyExits() throws IOException {
		this.link.onMasterDeath(OnMasterDeath.IGNORE);
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		listen().close();
		this.channel.end();
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).containsExactly("exit 0", "halt 1"));
		assertThat(this.published).contains(new MasterDied(42));
	}

	@Test
	void channelClosedWhenMasterLivesAndItsDeathIsIgnoredExits() throws IOException {
		this.link.onMasterDeath(OnMasterDeath.IGNORE);
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		try (ServerSocketChannel master = listen()) {
			this.channel.end();
			Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).startsWith("exit 0"));
			assertThat(master.isOpen()).isTrue();
		}
	}

	@Test
	void channelClosedWhenLeavingAndMasterIsKilledAndThatIsIgnoredExits() throws IOException {
		this.link.onMasterDeath(OnMasterDeath.IGNORE);
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		listen().close();
		endWhenLeaving();
		this.context.close();
		Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).startsWith("exit 0"));
	}

	@Test
	void masterIsKilledWhenAnotherProcessHoldsItsSocketsExits() throws Exception {
		Process process = new ProcessBuilder("sleep", "60").start();
		try (ServerSocketChannel heldByAnother = listen()) {
			this.link = new ChildLink(this.channel, MasterWatchTests.address(process.toHandle(), this.socket),
					this.exit);
			this.link.open();
			process.destroyForcibly();
			Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).startsWith("exit 0"));
			assertThat(heldByAnother.isOpen()).isTrue();
			// Its sockets may be closed at last, as by the end of the other process
			this.channel.end();
			Awaitility.await().untilAsserted(() -> assertThat(this.exit.calls()).containsExactly("exit 0", "halt 1"));
		}
		finally {
			process.destroyForcibly();
		}
	}

	private void endWhenLeaving() {
		this.channel.onSend((message) -> {
			if (message instanceof ToMaster.Leaving) {
				this.channel.end();
			}
		});
	}

	private ServerSocketChannel listen() throws IOException {
		return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(this.socket));
	}

}
