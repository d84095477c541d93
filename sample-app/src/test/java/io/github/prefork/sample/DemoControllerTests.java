package io.github.prefork.sample;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DemoController}.
 */
class DemoControllerTests {

	private final RecordingFaults faults = new RecordingFaults();

	private final WebTestClient client = WebTestClient.bindToController(new DemoController(this.faults)).build();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withUserConfiguration(Faults.class, DemoController.class);

	@Test
	void crashCrashes() {
		this.client.get().uri("/crash").exchange();
		assertThat(this.faults.calls).containsExactly("crash");
	}

	@Test
	void crashWhenPostedCrashes() {
		this.client.post().uri("/crash").exchange();
		assertThat(this.faults.calls).containsExactly("crash");
	}

	@Test
	void oomExhaustsHeapAndAnswers() {
		this.client.get().uri("/oom").exchange().expectStatus().isAccepted();
		assertThat(this.faults.calls).containsExactly("exhaustHeap");
	}

	@Test
	void hangBlocksForGivenSeconds() {
		this.client.get().uri("/hang?seconds=7").exchange().expectStatus().isOk();
		assertThat(this.faults.calls).containsExactly("block PT7S");
	}

	@ParameterizedTest
	@ValueSource(strings = { "-1", "601", "long" })
	void hangWhenOutOfBoundsIsRefusedAndDoesNotBlock(String seconds) {
		this.client.get().uri("/hang?seconds=" + seconds).exchange().expectStatus().isBadRequest();
		assertThat(this.faults.calls).isEmpty();
	}

	@Test
	void demoByDefaultIsOff() {
		this.contextRunner
			.run((context) -> assertThat(context).doesNotHaveBean(DemoController.class).doesNotHaveBean(Faults.class));
	}

	@Test
	void demoWhenEnabledIsOn() {
		this.contextRunner.withPropertyValues("sample.demo.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(DemoController.class).hasSingleBean(Faults.class));
	}

	private static final class RecordingFaults extends Faults {

		private final List<String> calls = new ArrayList<>();

		@Override
		void crash() {
			this.calls.add("crash");
		}

		@Override
		void exhaustHeap() {
			this.calls.add("exhaustHeap");
		}

		@Override
		void block(Duration time) {
			this.calls.add("block " + time);
		}

	}

}
