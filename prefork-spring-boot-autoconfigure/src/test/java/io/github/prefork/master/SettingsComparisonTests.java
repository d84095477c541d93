package io.github.prefork.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SettingsComparison}.
 */
class SettingsComparisonTests {

	private final List<String> warnings = new ArrayList<>();

	private final SettingsComparison comparison = new SettingsComparison(
			Map.of("prefork.children", 2L, "prefork.backlog", 3L), this.warnings::add);

	@Test
	void compareWhenTheSameSaysNothing() {
		this.comparison.compare(Map.of("prefork.backlog", 3L, "prefork.children", 2L));
		assertThat(this.warnings).isEmpty();
	}

	@Test
	void compareNamesWhatDiffersOrIsMissing() {
		this.comparison.compare(Map.of("prefork.children", 9L, "prefork.network", 1L));
		assertThat(this.warnings).containsExactly("The master and its new children have different settings: "
				+ "prefork.backlog, prefork.children, prefork.network. Those of the master count: "
				+ "restart it to make changed prefork.* properties take effect");
	}

	@Test
	void compareSaysTheSameDifferencesOnce() {
		Map<String, Long> other = Map.of("prefork.children", 9L, "prefork.backlog", 3L);
		this.comparison.compare(other);
		this.comparison.compare(other);
		assertThat(this.warnings).hasSize(1);
		this.comparison.compare(Map.of("prefork.children", 10L, "prefork.backlog", 3L));
		assertThat(this.warnings).hasSize(2);
	}

}
