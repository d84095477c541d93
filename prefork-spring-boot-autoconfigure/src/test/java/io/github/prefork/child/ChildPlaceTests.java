package io.github.prefork.child;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.prefork.LeaderChanged;
import io.github.prefork.SlotAssigned;
import org.junit.jupiter.api.Test;

import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildPlace}.
 */
class ChildPlaceTests {

	private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();

	@Test
	void assignChangesTheSlotAndPublishesThatOnAnotherThread() throws Exception {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.addApplicationListener((event) -> {
				if (event instanceof PayloadApplicationEvent<?> payload) {
					this.events.add(payload.getPayload());
					this.events.add(Thread.currentThread());
				}
			});
			context.refresh();
			ChildEvents events = new ChildEvents();
			events.attach(context);
			ChildPlace place = new ChildPlace(-1, events);
			assertThat(place.slot()).isEqualTo(-1);
			place.assign(2);
			assertThat(place.slot()).isEqualTo(2);
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo(new SlotAssigned(2));
			assertThat(this.events.poll(10, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
		}
	}

	@Test
	void leadPublishesEachChangeInOrderAndNothingElse() throws Exception {
		try (GenericApplicationContext context = new GenericApplicationContext()) {
			context.addApplicationListener((event) -> {
				if (event instanceof PayloadApplicationEvent<?> payload) {
					this.events.add(payload.getPayload());
				}
			});
			context.refresh();
			ChildEvents events = new ChildEvents();
			events.attach(context);
			ChildPlace place = new ChildPlace(-1, events);
			assertThat(place.leader()).isFalse();
			place.assign(0);
			place.lead(true);
			place.lead(true);
			assertThat(place.leader()).isTrue();
			place.lead(false);
			place.lead(true);
			for (Object event : List.of(new SlotAssigned(0), new LeaderChanged(true), new LeaderChanged(false),
					new LeaderChanged(true))) {
				assertThat(this.events.poll(10, TimeUnit.SECONDS)).isEqualTo(event);
			}
			assertThat(this.events).isEmpty();
		}
	}

	@Test
	void assignWithoutContextChangesTheSlot() {
		ChildPlace place = new ChildPlace(-1, new ChildEvents());
		place.assign(1);
		assertThat(place.slot()).isEqualTo(1);
		assertThat(System.getProperty(ProcessClaim.PLACE_PROPERTY)).as("what the log tells").isEqualTo("slot 1");
	}

}
