package io.github.prefork.master;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.management.JMException;
import javax.management.ObjectName;

import io.github.prefork.ChildRecovered;
import io.github.prefork.ExitReason;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ChildChannels;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.supervisor.OnExceeded;
import io.github.prefork.supervisor.SupervisorSettings;
import io.github.prefork.supervisor.TestSettings;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.internal.PlatformDependent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A master does not grow with the number of children that it has lost. Each of them is a
 * process of its own that claims its place, takes the listeners, serves and is killed.
 */
@Timeout(120)
class ManyCrashesTests {

	private static final int WARM = 100;

	private static final int CRASHES = 1000;

	/** One for a hundred crashes; the JVM has threads of its own that come and go. */
	private static final int FEW = (CRASHES - WARM) / 100;

	/** Less than the smallest object that stands for a child, with all that it holds. */
	private static final long MOST_BYTES_EACH = 150;

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final LoggingSystem LOGGING = LoggingSystem.get(ManyCrashesTests.class.getClassLoader());

	@RegisterExtension
	private final OwnDirectory directory = new OwnDirectory();

	@BeforeAll
	static void epoll() {
		assumeThat(Epoll.isAvailable()).isTrue();
	}

	@BeforeEach
	void quiet() {
		LOGGING.setLogLevel("io.github.prefork.fleet", LogLevel.ERROR);
	}

	@AfterEach
	void loud() {
		LOGGING.setLogLevel("io.github.prefork.fleet", null);
	}

	@Test
	void crashesLeaveNoThreadDescriptorOrMemoryBehind() throws Exception {
		try (TestFleet fleet = new Fleet()) {
			CompletableFuture<Void> start = CompletableFuture.runAsync(fleet.webServer(0)::start);
			ServingChild child = serve(fleet);
			assertThat(start).succeedsWithin(DEADLINE);
			// With all that it takes to measure
			Usage.now();
			for (int i = 0; i < WARM; i++) {
				child = crash(fleet, child);
			}
			Usage before = Usage.now();
			for (int i = WARM; i < CRASHES; i++) {
				child = crash(fleet, child);
			}
			Usage after = Usage.now();
			System.out.println("After " + WARM + " crashes: " + before + ", after " + CRASHES + ": " + after);
			child.close();
			assertThat(fleet.fleet.fleet().exits()).containsOnlyKeys(ExitReason.KILLED)
				.containsEntry(ExitReason.KILLED, (long) CRASHES);
			assertThat(after.threads()).as("threads").isLessThan(before.threads() + FEW);
			assertThat(after.descriptors()).as("descriptors").isLessThan(before.descriptors() + FEW);
			Awaitility.await()
				.atMost(DEADLINE)
				.untilAsserted(() -> assertThat(Usage.now().heap() - before.heap()).as("bytes of heap")
					.isLessThan(MOST_BYTES_EACH * (CRASHES - WARM)));
			assertThat(after.direct()).as("direct memory").isLessThanOrEqualTo(before.direct());
		}
	}

	private static MasterSettings settings() {
		MasterSettings like = TestFleet.settings(Duration.ofSeconds(1));
		SupervisorSettings policy = like.supervisor();
		SupervisorSettings.Recovery recovery = new SupervisorSettings.Recovery(CRASHES, Duration.ofSeconds(1),
				Duration.ZERO, Duration.ZERO, OnExceeded.FAIL);
		return new MasterSettings(like.mode(), like.network(), like.backlog(), like.heartbeatInterval(),
				like.drainTimeout(), TestSettings.like(policy).recovery(recovery).build(), like.child(), "test");
	}

	private static ServingChild crash(TestFleet fleet, ServingChild child) throws Exception {
		Process process = fleet.processes.get(0);
		// What the test keeps must not be taken for what the master keeps
		fleet.processes.clear();
		fleet.commands.clear();
		fleet.events.clear();
		process.destroyForcibly();
		ServingChild next = serve(fleet);
		await(() -> fleet.events.stream().anyMatch(ChildRecovered.class::isInstance));
		child.close();
		return next;
	}

	private static ServingChild serve(TestFleet fleet) throws Exception {
		await(() -> !fleet.processes.isEmpty());
		String value = fleet.commands.get(0).environment().get(ChannelAddress.VARIABLE);
		ServingChild child = new ServingChild(ChannelAddress.parse(value).orElseThrow(), fleet.processes.get(0).pid());
		child.serve();
		return child;
	}

	private static void await(Callable<Boolean> condition) {
		Awaitility.await()
			.atMost(DEADLINE)
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(condition);
	}

	/**
	 * A fleet whose application does not mind how often it is told about the readiness.
	 */
	private static final class Fleet extends TestFleet {

		Fleet() {
			super(SLEEP, ManyCrashesTests.settings());
		}

		@Override
		public void readiness(boolean accepting) {
		}

	}

	/**
	 * The end of the channel of a child in this process.
	 */
	private static final class ServingChild implements ChildChannel.Listener, AutoCloseable {

		private final ChildChannel channel;

		private final CountDownLatch offered = new CountDownLatch(1);

		private final CountDownLatch passed = new CountDownLatch(1);

		ServingChild(ChannelAddress address, long pid) throws Exception {
			this.channel = ChildChannels.claim(address,
					new ToMaster.Hello(ToMaster.Hello.PROTOCOL, address.token(), pid), DEADLINE);
		}

		void serve() throws InterruptedException {
			this.channel.listen(this);
			this.channel.send(new ToMaster.ServerStarting("", 0, false));
			assertThat(this.passed.await(10, TimeUnit.SECONDS)).isTrue();
			this.channel.send(new ToMaster.ListenerHeld(0, 0));
			this.channel.send(new ToMaster.Readiness(true));
			this.channel.send(new ToMaster.Heartbeat(0));
		}

		@Override
		public void received(ToChild message) {
			if (message instanceof ToChild.ListenersOffered) {
				this.channel.attachListeners();
			}
			else if (message instanceof ToChild.Accept accept) {
				this.channel.send(new ToMaster.Accepting(accept.version()));
			}
		}

		@Override
		public void passed(FileDescriptor listener) {
			try {
				listener.close();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
			this.passed.countDown();
		}

		@Override
		public void closed() {
		}

		@Override
		public void close() {
			this.channel.close();
		}

	}

	/**
	 * What this process uses.
	 *
	 * @param threads the number of threads
	 * @param descriptors the number of open descriptors
	 * @param heap the bytes of all objects that are alive
	 * @param direct the bytes of direct memory that Netty uses
	 */
	private record Usage(int threads, int descriptors, long heap, long direct) {

		static Usage now() throws JMException {
			return new Usage(ManagementFactory.getThreadMXBean().getThreadCount(),
					Path.of("/proc/self/fd").toFile().list().length, liveBytes(), PlatformDependent.usedDirectMemory());
		}

		// What the heap itself says it uses is rounded up to the regions of the collector
		private static long liveBytes() throws JMException {
			String histogram = (String) ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			String total = histogram.strip().lines().reduce((first, second) -> second).orElseThrow();
			return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1));
		}

	}

}
