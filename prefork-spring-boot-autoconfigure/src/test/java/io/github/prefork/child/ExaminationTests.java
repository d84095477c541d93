package io.github.prefork.child;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import io.github.prefork.channel.ToMaster;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Examination}, {@link ThreadStacks} and {@link Debugger}.
 */
class ExaminationTests {

	private static final StackTraceElement WAITING = new StackTraceElement("java.lang.Object", "wait", "Object.java",
			1);

	private static final StackTraceElement SPRING = new StackTraceElement("org.springframework.web.Filter", "apply",
			"Filter.java", 2);

	private static final StackTraceElement OWN = new StackTraceElement("com.example.Lock", "take", "Lock.java", 3);

	private final LoopProbe probe = new LoopProbe(System::nanoTime, Duration.ofSeconds(1));

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final ByteArrayOutputStream output = new ByteArrayOutputStream();

	private final Examination examination = new Examination("slot 7", this.probe,
			new PrintStream(this.output, true, StandardCharsets.UTF_8));

	@AfterEach
	void stopTimer() {
		this.timer.shutdownNow();
	}

	@Test
	void startWhenOutputBlocksAnswersNevertheless() {
		CountDownLatch unblocked = new CountDownLatch(1);
		List<ToMaster> answers = new CopyOnWriteArrayList<>();
		Examination blocked = new Examination("slot 7", this.probe, new PrintStream(this.output) {

			@Override
			public void println(@Nullable String line) {
				try {
					unblocked.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		});
		blocked.start(answers::add, this.timer);
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !answers.isEmpty());
		unblocked.countDown();
		assertThat(answers).hasSize(1);
	}

	@Test
	void describeNamesTheTopFrameAndTheFirstOfTheApplication() {
		assertThat(Examination.describe(new StackTraceElement[] { WAITING, SPRING, OWN, SPRING }))
			.isEqualTo("at java.lang.Object.wait(Object.java:1), called from com.example.Lock.take(Lock.java:3)");
	}

	@Test
	void describeWhenTheTopFrameIsOfTheApplicationNamesThatAlone() {
		assertThat(Examination.describe(new StackTraceElement[] { OWN, SPRING, OWN }))
			.isEqualTo("at com.example.Lock.take(Lock.java:3)");
	}

	@Test
	void describeWhenNoFrameIsOfTheApplicationNamesTheTopOne() {
		assertThat(Examination.describe(new StackTraceElement[] { WAITING, SPRING }))
			.isEqualTo("at java.lang.Object.wait(Object.java:1)");
		assertThat(Examination.describe(new StackTraceElement[0])).isEqualTo("runs no Java code");
	}

	@Test
	void whereWhenNoLoopIsBlockedIsTheMainThread() {
		assertThat(this.examination.where()).startsWith("main at ");
	}

	@Test
	void startWhenLoopIsBlockedAnswersWithItsFrameAndWritesAllStacks() throws Exception {
		ExecutorService loop = Executors.newSingleThreadExecutor((task) -> new Thread(task, "the-loop"));
		Object lock = new Object();
		List<ToMaster> answers = new CopyOnWriteArrayList<>();
		try {
			this.probe.watch(List.of(loop));
			this.probe.blockedMillis();
			loop.submit(() -> {
			}).get();
			synchronized (lock) {
				loop.submit(() -> take(lock));
				Awaitility.await().until(() -> {
					this.probe.blockedMillis();
					return this.probe.blockedThread() != null;
				});
				this.examination.start(answers::add, this.timer);
				Awaitility.await()
					.untilAsserted(() -> assertThat(this.output.toString(StandardCharsets.UTF_8))
						.contains("Threads of child slot 7", "\"the-loop\"", "ExaminationTests.take"));
			}
		}
		finally {
			loop.shutdownNow();
		}
		Awaitility.await().until(() -> !answers.isEmpty());
		assertThat(answers).singleElement()
			.isInstanceOfSatisfying(ToMaster.Stuck.class,
					(stuck) -> assertThat(stuck.where()).startsWith("the-loop at ").contains("ExaminationTests"));
	}

	private static void take(Object lock) {
		synchronized (lock) {
			lock.notifyAll();
		}
	}

	@Test
	void shorterHasEachThreadWithItsFrames() {
		assertThat(ThreadStacks.shorter()).contains("\"main\"", "ExaminationTests.shorterHasEach");
	}

	@Test
	void debuggerIsFoundAmongTheArgumentsOfTheJvm() {
		assertThat(Debugger.isIn(List.of("-Xmx1g", "-agentlib:jdwp=transport=dt_socket,server=y"))).isTrue();
		assertThat(Debugger.isIn(List.of("-Xrunjdwp:transport=dt_socket"))).isTrue();
		assertThat(Debugger.isIn(List.of("-agentpath:/opt/libjdwp.so=server=y"))).isTrue();
		assertThat(Debugger.isIn(List.of("-Xmx1g", "-agentpath:/opt/profiler.so", "-javaagent:jdwp.jar"))).isFalse();
	}

}
