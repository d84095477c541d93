package com.example.app;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes down which beans were created and what they were called with.
 */
public final class Journal {

	private static final List<String> entries = new CopyOnWriteArrayList<>();

	private Journal() {
	}

	public static void add(String entry) {
		entries.add(entry);
	}

	public static List<String> entries() {
		return List.copyOf(entries);
	}

	public static void clear() {
		entries.clear();
	}

}
