package io.github.prefork.recipes;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import io.github.prefork.LeaderChanged;
import io.github.prefork.Prefork;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mockito.BDDMockito;
import org.mockito.Mockito;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LeaderConsumer} and {@link Consumer}.
 */
class LeaderConsumerTests {

	@RegisterExtension
	private final TestDatabase database = new TestDatabase();

	private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

	private final Prefork prefork = Mockito.mock(Prefork.class);

	private final Consumer consumer = new Consumer(this.messages::take,
			new Journal(this.database.jdbc(), this.prefork));

	private final LeaderConsumer leaderConsumer = new LeaderConsumer(this.prefork, this.consumer);

	@AfterEach
	void stop() {
		this.consumer.stop();
	}

	@Test
	void consumerWhenChildLeadsConsumesUntilItLeadsNoLonger() {
		this.leaderConsumer.onReady();
		assertThat(this.consumer.isRunning()).isFalse();
		this.leaderConsumer.onLeaderChanged(new LeaderChanged(true));
		assertThat(this.consumer.isRunning()).isTrue();
		this.messages.add("one");
		Awaitility.await().until(() -> this.database.entries("message") == 1);
		this.leaderConsumer.onLeaderChanged(new LeaderChanged(false));
		assertThat(this.consumer.isRunning()).isFalse();
		this.messages.add("two");
		assertThat(this.messages).containsExactly("two");
		this.leaderConsumer.onLeaderChanged(new LeaderChanged(true));
		Awaitility.await().until(() -> this.database.entries("message") == 2);
	}

	@Test
	void consumerWhenThereIsNoFleetRuns() {
		BDDMockito.given(this.prefork.isLeader()).willReturn(true);
		this.leaderConsumer.onReady();
		assertThat(this.consumer.isRunning()).isTrue();
	}

	@Test
	void consumerDoesNotStartByItself() {
		assertThat(this.consumer.isAutoStartup()).isFalse();
	}

}
