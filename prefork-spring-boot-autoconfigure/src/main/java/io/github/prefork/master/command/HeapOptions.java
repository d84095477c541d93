package io.github.prefork.master.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.prefork.master.memory.MemoryBudget;
import org.jspecify.annotations.Nullable;

/**
 * Gives a child its part of the heap and the direct memory of one JVM. What the master's
 * options say of them does not reach the child, wherever it stands; the child gets
 * options that go together. What the user says for the children stays, and the rest is
 * made to go with it.
 */
final class HeapOptions implements OptionRule {

	private static final String REASON = "the memory of one JVM is divided";

	private static final String NETTY = "-Dio.netty.maxDirectMemory=";

	/** With less a server can't be relied on. */
	private static final long LEAST_DIRECT = 32L << 20;

	/** With less a start consists of collections. */
	private static final long LEAST_INITIAL = 32L << 20;

	/** What a start can do with; of more it would use all before it collects. */
	private static final long MOST_INITIAL = 64L << 20;

	private final MemoryBudget budget;

	private final HeapSizes master;

	/**
	 * Create the options.
	 * @param budget what the heap is worked out from
	 * @param master all options of the master
	 */
	HeapOptions(MemoryBudget budget, List<String> master) {
		this.budget = budget;
		// The memory that a JVM is told of limits all, but is no size that was chosen
		this.master = HeapSizes.of(master.stream().filter((option) -> !HeapSizes.isLimit(option)).toList());
	}

	private boolean isChosen() {
		return this.master.says(HeapFlag.MAX);
	}

	/**
	 * Return whether the children get less than these options say.
	 * @param given what the user says for the children
	 * @return whether they do
	 */
	boolean divides(HeapSizes given) {
		return isChosen() && this.budget.isSplit() && !given.says(HeapFlag.MAX)
				&& max(given) < this.budget.jvm().maxBytes();
	}

	@Override
	public @Nullable OptionChange apply(String option, String label) {
		if (this.budget.isInherited()) {
			return null;
		}
		if (HeapSizes.isSaidBy(option)) {
			return new OptionChange(option, null, REASON);
		}
		return (option.startsWith(NETTY)) ? netty(option) : null;
	}

	private @Nullable OptionChange netty(String option) {
		String value = option.substring(NETTY.length());
		// Zero and less stand for other limits
		return (value.matches("[1-9]\\d{0,17}"))
				? new OptionChange(option, NETTY + direct(Long.parseLong(value)), REASON) : null;
	}

	/**
	 * Return the options that a child gets.
	 * @param given what the user says for the children
	 * @return the options
	 */
	List<String> options(HeapSizes given) {
		List<String> options = new ArrayList<>();
		if (!this.budget.isInherited()) {
			long max = max(given);
			if (max > 0) {
				Stream.of(maximum(given, max), initial(given, max), young(given, max), softMaximum(given, max))
					.forEach(options::addAll);
			}
			if (!given.says(HeapFlag.DIRECT) && this.master.size(HeapFlag.DIRECT) > 0) {
				options.add(HeapFlag.DIRECT.option(direct(this.master.size(HeapFlag.DIRECT))));
			}
		}
		return options;
	}

	private long max(HeapSizes given) {
		if (given.says(HeapFlag.MAX)) {
			return given.size(HeapFlag.MAX);
		}
		// A JVM does not start with less than any of these
		return LongStream
			.of(this.budget.share(isChosen()), given.size(HeapFlag.INITIAL), given.size(HeapFlag.MIN),
					given.size(HeapFlag.SOFT_MAX))
			.max()
			.getAsLong();
	}

	private List<String> maximum(HeapSizes given, long max) {
		return given.says(HeapFlag.MAX) ? List.of() : List.of(HeapFlag.MAX.option(max));
	}

	private List<String> initial(HeapSizes given, long max) {
		// With both an old generation and an initial heap a JVM may not start
		if (Stream.of(HeapFlag.INITIAL, HeapFlag.MIN, HeapFlag.OLD).anyMatch(given::says)) {
			return List.of();
		}
		long initial = part(HeapFlag.INITIAL, max);
		long min = part(HeapFlag.MIN, max);
		if (min > 0 && initial == min) {
			return List.of(HeapFlag.ShortForm.INITIAL.option(min));
		}
		List<String> options = new ArrayList<>();
		long begin = (initial > 0) ? initial : usual(given, max);
		if (begin > 0) {
			options.add(HeapFlag.INITIAL.option(Math.max(begin, min)));
		}
		if (min > 0) {
			options.add(HeapFlag.MIN.option(min));
		}
		return options;
	}

	private long usual(HeapSizes given, long max) {
		long initial = this.budget.jvm().initialBytes();
		if (this.master.says(HeapFlag.INITIAL)) {
			// Said as a fraction of the memory
			return part(initial, max);
		}
		if (given.says(HeapFlag.YOUNG) || this.master.says(HeapFlag.YOUNG)) {
			// A JVM makes room for that generation, and makes it smaller in a heap that
			// is said to begin with less
			return 0;
		}
		long usual = Math.min(Math.max(initial / this.budget.children(), LEAST_INITIAL), MOST_INITIAL);
		return (initial > 0) ? Math.min(usual, max) : 0;
	}

	private List<String> young(HeapSizes given, long max) {
		if (given.says(HeapFlag.YOUNG) || given.says(HeapFlag.MAX_YOUNG)) {
			return List.of();
		}
		long size = part(HeapFlag.YOUNG, max);
		long most = part(HeapFlag.MAX_YOUNG, max);
		if (size > 0 && size == most) {
			return List.of(HeapFlag.ShortForm.YOUNG.option(size));
		}
		List<String> options = new ArrayList<>();
		if (size > 0) {
			options.add(HeapFlag.YOUNG.option(size));
		}
		if (most > 0) {
			options.add(HeapFlag.MAX_YOUNG.option(most));
		}
		return options;
	}

	private List<String> softMaximum(HeapSizes given, long max) {
		long soft = part(HeapFlag.SOFT_MAX, max);
		return (soft > 0 && !given.says(HeapFlag.SOFT_MAX)) ? List.of(HeapFlag.SOFT_MAX.option(soft)) : List.of();
	}

	private long part(HeapFlag flag, long max) {
		return part(this.master.size(flag), max);
	}

	private long part(long size, long max) {
		return (size > 0) ? Math.min((long) ((double) size * max / this.budget.jvm().maxBytes()), max) : 0;
	}

	private long direct(long size) {
		return Math.min(size, Math.max(size / this.budget.parts(true), LEAST_DIRECT));
	}

}
