package io.github.prefork.master;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Compares the {@code prefork.*} properties of children with those of the master, which
 * are the ones that count. One warning for each set of differences. Not safe for use by
 * several threads.
 */
final class SettingsComparison {

	private final Map<String, Long> own;

	private final Consumer<String> warnings;

	private Map<String, Long> told = Map.of();

	/**
	 * Create the comparison.
	 * @param own the properties of the master by name, each with a digest of its value
	 * @param warnings takes what the operator has to know
	 */
	SettingsComparison(Map<String, Long> own, Consumer<String> warnings) {
		this.own = Map.copyOf(own);
		this.warnings = warnings;
	}

	/**
	 * Compare.
	 * @param child the properties of a child by name, each with a digest of its value
	 */
	void compare(Map<String, Long> child) {
		Map<String, Long> different = new TreeMap<>();
		Set<String> names = new TreeSet<>(this.own.keySet());
		names.addAll(child.keySet());
		for (String name : names) {
			if (!Objects.equals(this.own.get(name), child.get(name))) {
				different.put(name, child.getOrDefault(name, 0L));
			}
		}
		if (!different.isEmpty() && !different.equals(this.told)) {
			this.warnings.accept("The master and its new children have different settings: "
					+ String.join(", ", different.keySet())
					+ ". Those of the master count: restart it to make changed prefork.* properties take effect");
		}
		this.told = different;
	}

}
