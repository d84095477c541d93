package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FileLabel}.
 */
class FileLabelTests {

	@Test
	void chooseTakesTheFirstOfTheSlotThatNobodyHas() {
		assertThat(FileLabel.choose(0, Set.of())).isEqualTo("0");
		assertThat(FileLabel.choose(0, Set.of("0", "1", "0-3"))).isEqualTo("0-2");
		assertThat(FileLabel.choose(0, Set.of("0", "0-2", "0-3"))).isEqualTo("0-4");
		assertThat(FileLabel.choose(0, Set.of("0-2"))).isEqualTo("0");
		assertThat(FileLabel.choose(12, Set.of("1-2", "1", "2"))).isEqualTo("12");
	}

	@Test
	void chooseWhenStandbyCountsStandbys() {
		assertThat(FileLabel.choose(-1, Set.of("0"))).isEqualTo("standby-0");
		assertThat(FileLabel.choose(-1, Set.of("standby-0", "0"))).isEqualTo("standby-1");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void chooseOverManyLaunchesNeverSharesAndUsesNoMoreLabelsThanLivedAtOnce(long seed) {
		Random random = new Random(seed);
		List<String> live = new ArrayList<>();
		Set<String> used = new HashSet<>();
		int[] most = new int[4];
		for (int step = 0; step < 2000; step++) {
			if (!live.isEmpty() && random.nextInt(100) < 20 + 5 * live.size()) {
				// Old processes of a slot may end long after their successors
				Collections.shuffle(live, random);
				live.remove(live.size() - 1);
			}
			else {
				int slot = random.nextInt(4) - 1;
				String label = FileLabel.choose(slot, Set.copyOf(live));
				assertThat(live).doesNotContain(label);
				live.add(label);
				used.add(label);
				most[slot + 1] = Math.max(most[slot + 1],
						(int) live.stream().filter((each) -> isOf(each, slot)).count());
			}
		}
		for (int slot = -1; slot < 3; slot++) {
			int index = slot;
			assertThat(used.stream().filter((each) -> isOf(each, index))).hasSize(most[slot + 1]);
		}
	}

	private static boolean isOf(String label, int slot) {
		return label.equals(String.valueOf(slot)) || label.startsWith((slot >= 0) ? slot + "-" : "standby-");
	}

	@Test
	void findReadsTheOptionOfTheChild() {
		assertThat(FileLabel.find(List.of("java", FileLabel.OPTION + "0-2", "Main", FileLabel.OPTION + "7")))
			.isEqualTo("0-2");
		assertThat(FileLabel.find(List.of("java", "Main"))).isNull();
	}

}
