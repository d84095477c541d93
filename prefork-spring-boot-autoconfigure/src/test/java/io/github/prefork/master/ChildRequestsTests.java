package io.github.prefork.master;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.prefork.ChildState;
import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.master.listener.ListenerMode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildRequests}: a child on a real channel asks a real fleet.
 */
@Timeout(60)
class ChildRequestsTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final BlockingQueue<ToChild> answers = new LinkedBlockingQueue<>();

	private TestFleet fleet;

	private MasterWebServer server;

	private ChildChannel child;

	@BeforeEach
	void start() throws Exception {
		start(ListenerMode.SHARED);
	}

	private void start(ListenerMode mode) throws Exception {
		MasterSettings like = TestFleet.settings(Duration.ofSeconds(1));
		this.fleet = new TestFleet(TestFleet.SLEEP, new MasterSettings(mode, like.network(), like.backlog(),
				like.heartbeatInterval(), like.drainTimeout(), like.supervisor(), like.child(), like.reason()));
		this.server = this.fleet.webServer(0);
		CompletableFuture<Void> started = CompletableFuture.runAsync(this.server::start);
		Awaitility.await().until(() -> this.fleet.commands.size() == 1);
		this.child = this.fleet.ready(this.answers::add);
		started.get(30, TimeUnit.SECONDS);
	}

	@AfterEach
	void stop() {
		this.fleet.close();
	}

	@Test
	void reportTellsAboutTheFleet() throws Exception {
		this.child.send(new ToMaster.ReportRequest(41));
		ToChild.FleetReported reported = next(ToChild.FleetReported.class);
		assertThat(reported.request()).isEqualTo(41);
		FleetReport report = reported.report();
		assertThat(report.desired()).isEqualTo(1);
		assertThat(report.minReady()).isEqualTo(1);
		assertThat(report.listeners().mode()).isEqualTo("shared");
		assertThat(report.listeners().port()).isEqualTo(this.server.getPort());
		assertThat(report.listeners().queues()).hasSize(1);
		assertThat(report.children()).singleElement().satisfies((member) -> {
			assertThat(member.state()).isEqualTo(ChildState.READY);
			assertThat(member.uptime()).isPositive();
		});
		// What the master says of itself
		assertThat(this.fleet.fleet.report().children()).extracting(FleetReport.Child::identity)
			.isEqualTo(report.children().stream().map(FleetReport.Child::identity).toList());
	}

	@Test
	void operationWhenItEndsIsAnswered() throws Exception {
		this.child.send(new ToMaster.OperationRequest(42, -1, new Operation.Recycle(7)));
		ToChild.OperationReported reported = next(ToChild.OperationReported.class);
		assertThat(reported.request()).isEqualTo(42);
		assertThat(reported.report().operation()).isEqualTo(new Operation.Recycle(7));
		assertThat(reported.report().result()).isNotNull().matches((result) -> result.outcome() == Outcome.REFUSED);
	}

	@Test
	void operationWhenItIsNotDoneInTimeIsAnswered() throws Exception {
		this.child.send(new ToMaster.OperationRequest(43, 50, new Operation.Restart()));
		ToChild.OperationReported reported = next(ToChild.OperationReported.class);
		assertThat(reported.report().running()).isTrue();
		assertThat(this.fleet.fleet.report().operations()).singleElement()
			.extracting(OperationReport::id)
			.isEqualTo(reported.report().id());
	}

	@Test
	void operationWhenTheChildLeavesIsAnsweredAtOnce() throws Exception {
		this.child.send(new ToMaster.OperationRequest(44, -1, new Operation.Restart()));
		Awaitility.await().until(() -> this.fleet.commands.size() == 2);
		this.child.send(new ToMaster.Leaving());
		assertThat(next(ToChild.OperationReported.class).report().running()).isTrue();
		this.child.send(new ToMaster.OperationRequest(45, -1, new Operation.Recycle(0)));
		assertThat(next(ToChild.OperationReported.class).request()).isEqualTo(45);
	}

	@Test
	void operationWhenItReplacesTheChildIsAnsweredBeforeTheChildHasGone() throws Exception {
		stop();
		// Nobody has to confirm that it accepts in the child's place
		start(ListenerMode.CHILD_BOUND);
		this.child.send(new ToMaster.OperationRequest(46, -1, new Operation.Restart()));
		Awaitility.await().until(() -> this.fleet.commands.size() == 2);
		this.fleet.ready();
		assertThat(next(ToChild.OperationReported.class).report().running()).isTrue();
		assertThat(this.fleet.processes.get(0).isAlive()).isTrue();
	}

	@Test
	void operationWhenTheFleetStopsIsAnswered() throws Exception {
		this.child.send(new ToMaster.OperationRequest(47, -1, new Operation.Restart()));
		Awaitility.await().until(() -> this.fleet.commands.size() == 2);
		this.fleet.fleet.stop(false);
		assertThat(next(ToChild.OperationReported.class).request()).isEqualTo(47);
	}

	@Test
	void masterAsItsOwnChildrenDo() {
		assertThat(this.fleet.fleet.operations().operate(new Operation.Recycle(3), LONG)).succeedsWithin(LONG)
			.satisfies((report) -> assertThat(report.result()).isNotNull());
		this.server.stop();
		assertThat(this.fleet.fleet.operations().operate(new Operation.Restart(), LONG)).succeedsWithin(LONG)
			.satisfies((report) -> assertThat(report.id()).isEqualTo(2));
	}

	private <T extends ToChild> T next(Class<T> type) throws InterruptedException {
		while (true) {
			ToChild answer = this.answers.poll(30, TimeUnit.SECONDS);
			assertThat(answer).as("answer").isNotNull();
			if (type.isInstance(answer)) {
				return type.cast(answer);
			}
		}
	}

}
