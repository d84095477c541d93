package io.github.prefork.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What measurements have in common: the Maven profile {@code measurements} runs them,
 * those with the tag {@value #TAG}, and no other build does, because their figures mean
 * something on a quiet machine only.
 * <p>
 * Each prints its figures in lines that begin with {@code MEASURED}.
 */
final class Measurement {

	/**
	 * The JUnit tag of the tests that the profile runs.
	 */
	static final String TAG = "measurement";

	/** In a second, as Linux counts them everywhere. */
	private static final double TICKS = 100;

	private static final int ROUNDS = Integer.getInteger("measurement.rounds", 5);

	private Measurement() {
	}

	/**
	 * Return how often each of the things that are compared is measured, in turns.
	 * @return the number of rounds
	 */
	static int rounds() {
		return ROUNDS;
	}

	/**
	 * Return the middle one of some figures.
	 * @param figures the figures, at least one
	 * @return the median
	 */
	static double median(List<Double> figures) {
		double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		int middle = sorted.length / 2;
		return (sorted.length % 2 == 1) ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}

	/**
	 * Read the processor time that a process has used.
	 * @param pid its process id
	 * @return the time in user and in kernel mode, in seconds
	 * @throws IOException if there is no such process
	 */
	static double cpuSeconds(long pid) throws IOException {
		String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
	}

	/**
	 * Print figures with their median.
	 * @param what what was measured
	 * @param unit the unit
	 * @param figures the figures in the order in which they were measured
	 */
	static void print(String what, String unit, List<Double> figures) {
		print("%s: median %.2f %s of %s".formatted(what, median(figures), unit,
				figures.stream()
					.map((figure) -> String.format(Locale.ROOT, "%.2f", figure))
					.collect(Collectors.joining(", "))));
	}

	/**
	 * Print what was found.
	 * @param lines what to print
	 */
	static void print(String... lines) {
		Arrays.stream(lines).forEach((line) -> System.out.println("MEASURED " + line));
	}

}
