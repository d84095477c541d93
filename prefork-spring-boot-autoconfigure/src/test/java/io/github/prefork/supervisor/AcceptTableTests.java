package io.github.prefork.supervisor;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.prefork.supervisor.AcceptTable.Acceptor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AcceptTable}.
 */
class AcceptTableTests {

	private static final Set<Integer> BOTH = Set.of(0, 1);

	@Test
	void assignWhenAllAreWellGivesEachItsOwn() {
		assertThat(owned(serving(0), serving(1))).isEqualTo(Map.of(0L, Set.of(0), 1L, Set.of(1)));
	}

	@Test
	void assignWhenListenerHasNoOwnerGivesItToAll() {
		assertThat(owned(serving(0))).isEqualTo(Map.of(0L, BOTH));
	}

	@Test
	void assignWhenOwnerIsLateGivesItsListenerToSiblingsToo() {
		Acceptor late = new Acceptor(1, 1, true, false, false, BOTH, Set.of(), Set.of(1));
		assertThat(owned(serving(0), late)).isEqualTo(Map.of(0L, BOTH, 1L, Set.of(1)));
	}

	@Test
	void assignWhenOwnerHasNotSettledKeepsSiblings() {
		Acceptor fresh = new Acceptor(1, 1, true, true, false, BOTH, Set.of(), Set.of(1));
		assertThat(owned(serving(0), fresh)).isEqualTo(Map.of(0L, BOTH, 1L, Set.of(1)));
	}

	@Test
	void assignWhenOwnerHasNotConfirmedKeepsSiblings() {
		Acceptor unconfirmed = new Acceptor(1, 1, true, true, true, BOTH, Set.of(), Set.of());
		assertThat(owned(serving(0), unconfirmed)).isEqualTo(Map.of(0L, BOTH, 1L, Set.of(1)));
	}

	@Test
	void assignWhenOwnerCannotAcceptGivesItsListenerToSiblingsToo() {
		Acceptor blocked = new Acceptor(1, 1, true, true, true, BOTH, Set.of(1), Set.of(1));
		assertThat(owned(serving(0), blocked)).isEqualTo(Map.of(0L, BOTH, 1L, Set.of(1)));
	}

	@Test
	void assignWhenQueueDoesNotEmptyAssists() {
		assertThat(AcceptTable.assign(List.of(serving(0), serving(1)), 2, true, (listener) -> listener == 1))
			.isEqualTo(Map.of(0L, BOTH, 1L, Set.of(1)));
	}

	@Test
	void assignWhenNobodyIsResponsiveGivesOrphanToEveryReadyChild() {
		Acceptor late = new Acceptor(0, 0, true, false, false, BOTH, Set.of(), Set.of(0));
		assertThat(owned(late)).isEqualTo(Map.of(0L, BOTH));
	}

	@Test
	void assignWhenSharedGivesTheListenerToEveryResponsiveChild() {
		Acceptor late = new Acceptor(2, 2, true, false, false, Set.of(0), Set.of(), Set.of(0));
		assertThat(AcceptTable.assign(List.of(serving(0), serving(1), late), 1, false, (listener) -> false))
			.isEqualTo(Map.of(0L, Set.of(0), 1L, Set.of(0), 2L, Set.of()));
	}

	@Test
	void assignWhenSlotHasNoListenerOfItsOwnLeavesOthersAlone() {
		Acceptor extra = new Acceptor(2, 2, true, true, true, BOTH, Set.of(), Set.of());
		assertThat(owned(serving(0), serving(1), extra)).containsEntry(2L, Set.of());
	}

	@Test
	void assignWhenChildLeavesKeepsItUntilAnotherHasConfirmed() {
		Acceptor leaving = new Acceptor(1, 1, false, true, true, BOTH, Set.of(), Set.of(1));
		assertThat(owned(serving(0), leaving)).isEqualTo(Map.of(0L, BOTH, 1L, Set.of(1)));
		Acceptor sibling = new Acceptor(0, 0, true, true, true, BOTH, Set.of(), BOTH);
		assertThat(owned(sibling, leaving)).isEqualTo(Map.of(0L, BOTH, 1L, Set.of()));
	}

	@Test
	void assignWhenChildLeavesAndTheOneThatHasConfirmedIsAboutToStopKeepsIt() {
		Acceptor leaving = new Acceptor(1, 1, false, true, true, BOTH, Set.of(), Set.of(1));
		Acceptor owner = new Acceptor(2, 1, true, true, false, BOTH, Set.of(), Set.of());
		Acceptor blocked = new Acceptor(0, 0, true, true, true, BOTH, Set.of(1), BOTH);
		assertThat(owned(blocked, owner, leaving)).isEqualTo(Map.of(0L, Set.of(0), 1L, Set.of(1), 2L, Set.of(1)));
	}

	@Test
	void assignWhenTheLastChildLeavesGivesItEverything() {
		Acceptor leaving = new Acceptor(1, 1, false, true, true, BOTH, Set.of(), Set.of(1));
		assertThat(owned(leaving)).isEqualTo(Map.of(1L, BOTH));
	}

	@Test
	void assignWhenListenerIsNotHeldLeavesItOut() {
		Acceptor partly = new Acceptor(0, 0, true, true, true, Set.of(1), Set.of(), Set.of());
		assertThat(owned(partly)).isEqualTo(Map.of(0L, Set.of(1)));
	}

	private static Map<Long, Set<Integer>> owned(Acceptor... acceptors) {
		return AcceptTable.assign(List.of(acceptors), 2, true, (listener) -> false);
	}

	private static Acceptor serving(int slot) {
		return new Acceptor(slot, slot, true, true, true, BOTH, Set.of(), Set.of(slot));
	}

}
