package io.github.prefork.child;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoopProbe}.
 */
class LoopProbeTests {

	private final AtomicLong clock = new AtomicLong(-5);

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final LoopProbe probe = new LoopProbe(this.clock::get, Duration.ofMillis(300));

	private void pass(long millis) {
		this.clock.addAndGet(Duration.ofMillis(millis).toNanos());
	}

	@Test
	void blockedMillisWhenLoopDoesNotAnswerGrowsWithOneTaskQueued() {
		Executor responsive = Runnable::run;
		this.probe.watch(List.of(responsive, this.tasks::add));
		assertThat(this.probe.blockedMillis()).isZero();
		pass(100);
		assertThat(this.probe.blockedMillis()).isEqualTo(100);
		pass(150);
		assertThat(this.probe.blockedMillis()).isEqualTo(250);
		assertThat(this.tasks).hasSize(1);
		this.tasks.remove().run();
		assertThat(this.probe.blockedMillis()).isZero();
		assertThat(this.tasks).hasSize(1);
	}

	@Test
	void delayNanosIsTheTimeOfTheLastAnswerOrWithoutOne() {
		this.probe.watch(List.of(Runnable::run, this.tasks::add));
		pass(30);
		this.tasks.remove().run();
		assertThat(this.probe.delayNanos()).isEqualTo(Duration.ofMillis(30).toNanos());
		pass(70);
		this.probe.blockedMillis();
		pass(10);
		assertThat(this.probe.delayNanos()).as("just asked").isEqualTo(Duration.ofMillis(30).toNanos());
		pass(990);
		assertThat(this.probe.delayNanos()).isEqualTo(Duration.ofSeconds(1).toNanos());
		this.tasks.remove().run();
		this.probe.blockedMillis();
		this.tasks.remove().run();
		assertThat(this.probe.delayNanos()).isZero();
	}

	@Test
	void blockedMillisWhenTheWholeProcessStoodStillLeavesThatTimeOut() {
		this.probe.watch(List.of(this.tasks::add));
		pass(100);
		this.probe.blockedMillis();
		pass(40_000);
		assertThat(this.probe.blockedMillis()).isEqualTo(400);
	}

	@Test
	void blockedThreadWhenLoopDoesNotAnswerIsItsThread() {
		this.probe.watch(List.of(Runnable::run, this.tasks::add));
		this.tasks.remove().run();
		this.probe.blockedMillis();
		pass(100);
		assertThat(this.probe.blockedThread()).isNull();
		this.probe.blockedMillis();
		assertThat(this.probe.blockedThread()).isSameAs(Thread.currentThread());
		this.tasks.remove().run();
		assertThat(this.probe.blockedThread()).isNull();
	}

	@Test
	void blockedMillisWhenLoopHasEndedIsZero() {
		Executor ended = (task) -> {
			throw new RejectedExecutionException();
		};
		this.probe.watch(List.of(ended));
		assertThat(this.probe.blockedMillis()).isZero();
		pass(100);
		assertThat(this.probe.blockedMillis()).isZero();
	}

	@Test
	void blockedMillisWhenLoopShutsDownLeavesItQuiet() {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
		this.probe.watch(loops);
		// With a task now and then the quiet period would never pass
		Future<?> ended = loops.shutdownGracefully(200, 20_000, TimeUnit.MILLISECONDS);
		Awaitility.await()
			.pollInterval(Duration.ofMillis(20))
			.atMost(Duration.ofSeconds(10))
			.until(() -> this.probe.blockedMillis() == 0 && ended.isDone());
	}

	@Test
	void blockedMillisWhenThereAreNoLoopsIsZero() {
		assertThat(this.probe.blockedMillis()).isZero();
	}

	@Test
	void endsApplicationWhenALoopClosesTheContextIsTrue() throws Exception {
		EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
		this.probe.watch(loops);
		assertThat(this.probe.endsApplication()).isFalse();
		CountDownLatch release = new CountDownLatch(1);
		close(loops.next(), release);
		Awaitility.await().until(this.probe::endsApplication);
		assertThat(this.probe.noneAnswers()).isFalse();
		close(loops.next(), release);
		Awaitility.await().until(this.probe::noneAnswers);
		release.countDown();
		Awaitility.await().until(() -> !this.probe.endsApplication());
		loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).get(10, TimeUnit.SECONDS);
		assertThat(this.probe.endsApplication()).isFalse();
	}

	private static void close(EventLoop loop, CountDownLatch release) {
		GenericApplicationContext context = new GenericApplicationContext();
		context.refresh();
		context.addApplicationListener((event) -> {
			try {
				release.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		});
		loop.execute(context::close);
	}

	@Test
	void endsApplicationWhenLoopsAreOfNoKnownKindIsFalse() {
		this.probe.watch(List.of());
		assertThat(this.probe.endsApplication()).isFalse();
		this.probe.watch(List.of(this.tasks::add));
		assertThat(this.probe.endsApplication()).isFalse();
	}

}
