package io.github.prefork.master.command;

import java.util.List;

/**
 * A size that options say of the heap or of direct memory.
 */
enum HeapFlag {

	MAX("MaxHeapSize"), INITIAL("InitialHeapSize"), MIN("MinHeapSize"), YOUNG("NewSize"), MAX_YOUNG("MaxNewSize"),
	SOFT_MAX("SoftMaxHeapSize"), OLD("OldSize"), DIRECT("MaxDirectMemorySize");

	private final String prefix;

	HeapFlag(String name) {
		this.prefix = "-XX:" + name + "=";
	}

	/**
	 * Return the option that says this size.
	 * @param bytes the size
	 * @return the option
	 */
	String option(long bytes) {
		return (this == MAX) ? ShortForm.MAX.option(bytes) : this.prefix + text(bytes);
	}

	static String text(long bytes) {
		return Math.max(bytes >> 20, 1) + "m";
	}

	/**
	 * Return the flags that an option sets.
	 * @param option the option
	 * @return the flags, none if it is of another kind
	 */
	static List<HeapFlag> setBy(String option) {
		for (ShortForm form : ShortForm.values()) {
			if (form.fits(option)) {
				return form.flags;
			}
		}
		for (HeapFlag flag : values()) {
			if (option.replaceFirst(":=", "=").startsWith(flag.prefix)) {
				return List.of(flag);
			}
		}
		return List.of();
	}

	/**
	 * An option that has no sign between its name and the size.
	 */
	enum ShortForm {

		MAX("mx", HeapFlag.MAX), INITIAL("ms", HeapFlag.INITIAL, HeapFlag.MIN),
		YOUNG("mn", HeapFlag.YOUNG, HeapFlag.MAX_YOUNG);

		private final String name;

		private final List<HeapFlag> flags;

		ShortForm(String name, HeapFlag... flags) {
			this.name = name;
			this.flags = List.of(flags);
		}

		String option(long bytes) {
			return "-X" + this.name + text(bytes);
		}

		boolean fits(String option) {
			// The launcher takes some without the X
			return option.matches("-X?" + this.name + "\\d.*");
		}

	}

}
