package io.github.prefork.supervisor;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Who fills which slot and who boots beside it, from what the supervisor is told.
 */
final class SlotModel {

	private final Map<Integer, Long> owners = new HashMap<>();

	private final Map<Integer, Long> successors = new HashMap<>();

	private final Map<Long, Integer> slots = new HashMap<>();

	void launched(int slot, long launch) {
		this.slots.put(launch, slot);
		if (this.owners.putIfAbsent(slot, launch) != null) {
			this.successors.put(slot, launch);
		}
	}

	@Nullable Long owner(int slot) {
		return this.owners.get(slot);
	}

	int slot(long launch) {
		return this.slots.get(launch);
	}

	boolean owns(long launch) {
		return this.owners.containsValue(launch);
	}

	boolean isSuccessor(long launch) {
		return this.successors.containsValue(launch);
	}

	/** A child does not fill its slot any more. */
	void gone(long launch) {
		int slot = this.slots.get(launch);
		if (!this.successors.remove(slot, launch) && this.owners.remove(slot, launch)) {
			Long successor = this.successors.remove(slot);
			if (successor != null) {
				this.owners.put(slot, successor);
			}
		}
	}

	/**
	 * A successor has got ready.
	 * @param launch the successor
	 * @return whose place it takes
	 */
	long promoted(long launch) {
		int slot = this.slots.get(launch);
		long old = this.owners.get(slot);
		this.successors.remove(slot);
		this.owners.put(slot, launch);
		return old;
	}

}
