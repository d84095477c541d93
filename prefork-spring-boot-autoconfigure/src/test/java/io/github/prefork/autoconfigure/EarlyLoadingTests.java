package io.github.prefork.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.aot.AbstractAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EarlyLoading}. A thread of its own has no test on its stack.
 */
class EarlyLoadingTests {

	@AfterEach
	void clear() {
		System.clearProperty("prefork.enabled");
		System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
	}

	@Test
	void beginLoadsOnADaemonThreadThatEnds() throws Exception {
		SpringApplication application = application(WebApplicationType.REACTIVE);
		CompletableFuture<List<Thread>> threads = new CompletableFuture<>();
		new Thread(() -> {
			EarlyLoading.begin(application);
			threads.complete(threads());
		}).start();
		for (Thread thread : threads.get(10, TimeUnit.SECONDS)) {
			assertThat(thread.isDaemon()).isTrue();
			thread.join(TimeUnit.SECONDS.toMillis(30));
		}
		assertThat(threads()).isEmpty();
	}

	@Test
	void awaitWaitsForTheEnd() throws Exception {
		SpringApplication application = application(WebApplicationType.REACTIVE);
		CompletableFuture<List<Thread>> threads = new CompletableFuture<>();
		new Thread(() -> {
			EarlyLoading.begin(application);
			EarlyLoading.await();
			threads.complete(threads());
		}).start();
		assertThat(threads.get(30, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void beginWhenDisabledLoadsNothing() {
		SpringApplication application = application(WebApplicationType.REACTIVE);
		assertThat(EarlyLoading.isDisabled("--prefork.enabled=true")).isFalse();
		assertThat(EarlyLoading.isDisabled("--prefork.enabled=false")).isTrue();
		System.setProperty("prefork.enabled", "false");
		assertThat(EarlyLoading.isDisabled()).isTrue();
		EarlyLoading.begin(application);
		assertThat(threads()).isEmpty();
	}

	@Test
	void isUsefulForAReactiveApplicationOnly() throws Exception {
		boolean several = Runtime.getRuntime().availableProcessors() > 1;
		assertThat(outsideOfTest(application(WebApplicationType.REACTIVE))).isEqualTo(several);
		assertThat(outsideOfTest(application(WebApplicationType.SERVLET))).isFalse();
		assertThat(outsideOfTest(application(WebApplicationType.NONE))).isFalse();
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		assertThat(outsideOfTest(application(WebApplicationType.REACTIVE))).isFalse();
	}

	@Test
	void isUsefulInATestIsFalse() {
		assertThat(EarlyLoading.isUseful(application(WebApplicationType.REACTIVE))).isFalse();
	}

	private static boolean outsideOfTest(SpringApplication application) throws Exception {
		CompletableFuture<Boolean> useful = new CompletableFuture<>();
		new Thread(() -> useful.complete(EarlyLoading.isUseful(application))).start();
		return useful.get(10, TimeUnit.SECONDS);
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(EarlyLoading.THREAD))
			.toList();
	}

	private static SpringApplication application(WebApplicationType type) {
		SpringApplication application = new SpringApplication();
		application.setWebApplicationType(type);
		return application;
	}

}
