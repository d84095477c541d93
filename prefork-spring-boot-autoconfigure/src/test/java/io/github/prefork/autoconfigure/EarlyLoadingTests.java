package io.github.prefork.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

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

	private final SpringApplication application = application(WebApplicationType.REACTIVE);

	@AfterEach
	void clear() {
		System.clearProperty("prefork.enabled");
		System.clearProperty(AbstractAotProcessor.AOT_PROCESSING);
	}

	@Test
	void beginLoadsOnADaemonThreadThatEnds() throws Exception {
		List<Thread> threads = outsideOfTest(() -> {
			EarlyLoading.begin(this.application);
			return threads();
		});
		for (Thread thread : threads) {
			assertThat(thread.isDaemon()).isTrue();
			thread.join(TimeUnit.SECONDS.toMillis(30));
		}
		assertThat(threads()).isEmpty();
	}

	@Test
	void awaitWaitsForTheEnd() throws Exception {
		assertThat(outsideOfTest(() -> {
			EarlyLoading.begin(this.application);
			EarlyLoading.await();
			return threads();
		})).isEmpty();
	}

	@Test
	void beginWhenDisabledLoadsNothing() {
		assertThat(EarlyLoading.isDisabled("--prefork.enabled=true")).isFalse();
		assertThat(EarlyLoading.isDisabled("--other", "--prefork.enabled=false")).isTrue();
		assertThat(EarlyLoading.isDisabled("--prefork.enabled=Off")).isTrue();
		System.setProperty("prefork.enabled", "false");
		assertThat(EarlyLoading.isDisabled()).isTrue();
		EarlyLoading.begin(this.application);
		assertThat(threads()).isEmpty();
	}

	@Test
	void isUsefulForAReactiveApplicationOnly() throws Exception {
		boolean several = Runtime.getRuntime().availableProcessors() > 1;
		assertThat(isUsefulOutsideOfTest(WebApplicationType.REACTIVE)).isEqualTo(several);
		assertThat(isUsefulOutsideOfTest(WebApplicationType.SERVLET)).isFalse();
		assertThat(isUsefulOutsideOfTest(WebApplicationType.NONE)).isFalse();
		System.setProperty(AbstractAotProcessor.AOT_PROCESSING, "true");
		assertThat(isUsefulOutsideOfTest(WebApplicationType.REACTIVE)).isFalse();
	}

	@Test
	void isUsefulInATestIsFalse() {
		assertThat(EarlyLoading.isUseful(this.application)).isFalse();
	}

	private static boolean isUsefulOutsideOfTest(WebApplicationType type) throws Exception {
		SpringApplication application = application(type);
		return outsideOfTest(() -> EarlyLoading.isUseful(application));
	}

	private static <T> T outsideOfTest(Supplier<T> call) throws Exception {
		CompletableFuture<T> result = new CompletableFuture<>();
		new Thread(() -> result.complete(call.get())).start();
		return result.get(30, TimeUnit.SECONDS);
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
