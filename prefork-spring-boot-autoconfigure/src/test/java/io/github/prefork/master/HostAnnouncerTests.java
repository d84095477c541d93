package io.github.prefork.master;

import java.util.List;

import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.master.command.ChildMemory;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.master.memory.JvmHeap;
import io.github.prefork.master.memory.MemoryBudget;
import io.github.prefork.master.memory.MemoryLimit;
import io.github.prefork.master.memory.MemoryReturn;
import io.github.prefork.master.operation.OperationRegistry;
import io.github.prefork.master.operation.OperationRequests;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HostAnnouncer}.
 */
class HostAnnouncerTests {

	private static final String THREAD = "prefork-memory";

	// Also if some children are missing, of whose end nobody hears an event
	@Test
	void startedLetsTheMasterGiveMemoryBack() {
		HostAnnouncer announcer = announcer();
		assertThat(threads()).doesNotContain(THREAD);
		announcer.started();
		assertThat(threads()).contains(THREAD);
		announcer.ended(null);
		Awaitility.await().until(() -> !threads().contains(THREAD));
	}

	private static List<String> threads() {
		return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
	}

	private static HostAnnouncer announcer() {
		MemoryBudget budget = new MemoryBudget(ChildHeap.SPLIT, 1, new MemoryLimit(0, false), new JvmHeap(0, 0));
		MemoryAdvice advice = new MemoryAdvice(new ChildMemory(budget, 0, "", false, "", "1"), TestFleet.of(1, 0));
		OperationRequests requests = new OperationRequests((input) -> {
		}, new OperationRegistry());
		return new HostAnnouncer(new NoHost(), requests, () -> {
			throw new IllegalStateException();
		}, advice, MemoryReturn.ofThisJvm(), (event) -> {
		});
	}

	private static final class NoHost implements FleetHost {

		@Override
		public void publish(PreforkEvent event) {
		}

		@Override
		public void readiness(boolean accepting) {
		}

		@Override
		public void failed(PreforkException cause) {
		}

	}

}
