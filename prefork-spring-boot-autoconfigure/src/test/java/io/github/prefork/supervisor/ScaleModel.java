package io.github.prefork.supervisor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.github.prefork.OperationResult.Outcome;
import io.github.prefork.PreforkEvent;
import io.github.prefork.ScaleResult;
import io.github.prefork.Scaled;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which slots there are and which of them were added, from what the supervisor is told
 * and what it answers; and what has to hold of that.
 */
final class ScaleModel {

	private final Simulation world;

	private final Map<Long, Integer> asked = new HashMap<>();

	private final Map<Long, ScaleResult> answers = new HashMap<>();

	/** The slots that were added and never filled. */
	private final TreeSet<Integer> added = new TreeSet<>();

	private int slots;

	private boolean running;

	private int scaled;

	ScaleModel(Simulation world) {
		this.world = world;
		this.slots = world.settings.children();
	}

	int slots() {
		return this.slots;
	}

	boolean isRunning() {
		return this.running;
	}

	void take(Input input) {
		if (input instanceof Input.Scale scale) {
			this.asked.put(scale.request(), scale.children());
		}
		else if (input instanceof Input.ScaleBy scale) {
			this.asked.put(scale.request(), this.slots + scale.step());
		}
	}

	/** See what the supervisor has made of it. */
	void sync() {
		int desired = this.world.supervisor.fleet().desired();
		assertThat(desired).as("slots").isBetween(1, this.world.settings.maxChildren());
		assertThat(desired).as("slots").isGreaterThanOrEqualTo(this.world.settings.minReady());
		this.running = this.asked.size() > this.answers.size();
		giveUpFrom(desired);
		while (this.slots < desired) {
			if (this.world.losses.owner(this.slots) == null) {
				this.added.add(this.slots);
			}
			this.slots++;
		}
		if (!this.running) {
			this.added.clear();
		}
	}

	private void giveUpFrom(int index) {
		while (this.slots > index) {
			this.slots--;
			this.added.remove(this.slots);
			Long owner = this.world.losses.owner(this.slots);
			if (owner != null) {
				this.world.losses.givenUp(owner);
			}
		}
	}

	/**
	 * A child was lost that fills a slot.
	 * @param slot the slot
	 * @return whether it was to fill an added one, which is given up then
	 */
	boolean failed(int slot) {
		if (!this.running || !this.added.contains(slot)) {
			return false;
		}
		this.running = false;
		giveUpFrom(this.added.first());
		return true;
	}

	void ready(int slot) {
		this.added.remove(slot);
	}

	void finished(long request, ScaleResult result) {
		assertThat(this.asked).as("who has asked").containsKey(request);
		assertThat(this.answers.put(request, result)).as("answered once").isNull();
		if (result.outcome() == Outcome.FINISHED) {
			assertThat(result.children()).as("children after scaling").isEqualTo(this.asked.get(request));
			assertThat(this.added.headSet(result.children())).as("slots that were added and never filled").isEmpty();
			Set<Long> leaving = new HashSet<>(this.world.told.retired);
			leaving.removeAll(this.world.told.exited);
			assertThat(leaving).as("children that were not needed any more and live").isEmpty();
		}
		else {
			assertThat(result.reason()).as("reason").isNotBlank();
		}
	}

	void published(PreforkEvent event) {
		if (event instanceof Scaled change) {
			this.scaled++;
			assertThat(change.before()).isNotEqualTo(change.children());
		}
	}

	void afterStop() {
		assertThat(this.answers.keySet()).as("requests that are answered")
			.containsExactlyInAnyOrderElementsOf(this.asked.keySet());
		long finished = this.answers.values().stream().filter((each) -> each.outcome() == Outcome.FINISHED).count();
		assertThat((long) this.scaled).as("changes that are told of").isLessThanOrEqualTo(finished);
	}

}
