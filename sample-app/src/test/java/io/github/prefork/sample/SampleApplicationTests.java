package io.github.prefork.sample;

import io.github.prefork.ChildRecovered;
import io.github.prefork.ChildSpawned;
import io.github.prefork.PreforkRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole application in a mock web environment: prefork stays out of the way.
 */
@SpringBootTest
@AutoConfigureWebTestClient
@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private ApplicationEventPublisher events;

	@Test
	void homeWhenInTestIsStandalone() {
		this.client.get()
			.uri("/")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(ChildInfo.class)
			.isEqualTo(new ChildInfo(0, 0, ProcessHandle.current().pid(), PreforkRole.STANDALONE));
	}

	@Test
	void fleetLogWhenChildIsSpawnedLogsIt(CapturedOutput output) {
		this.events.publishEvent(new ChildSpawned(1, 0, 4711));
		assertThat(output).contains("Child spawned: slot 1, generation 0, pid 4711");
	}

	@Test
	void fleetLogWhenChildIsRecoveredLogsIt(CapturedOutput output) {
		this.events.publishEvent(new ChildRecovered(1, 0, 4711, 4712));
		assertThat(output).contains("Child recovered: slot 1, generation 0, pid 4712 replaces pid 4711");
	}

}
