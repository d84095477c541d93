package io.github.prefork.master.cache;

import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where an archive lies in the memory of a JVM. Only those that have it at the same
 * address share its pages; by default a JVM moves it to an address of its own, so that
 * nobody can guess it, and has a copy then. Here each archive is made for an address that
 * is drawn by lot, and its JVMs leave it there: nobody outside can guess it, and those
 * JVMs share it.
 */
final class ArchivePlace {

	/** The options and what they mean were looked at up to this release. */
	private static final int LAST_RELEASE = 25;

	private static final String BASE_ADDRESS = "-XX:SharedBaseAddress=";

	private static final String RELOCATION = "-XX:ArchiveRelocationMode=";

	private static final long GIGABYTE = 1L << 30;

	/**
	 * The heap of most JVMs and what they reserve beside it is below, and the rest of the
	 * process above.
	 */
	private static final long LOWEST = 64 * GIGABYTE;

	private static final long HIGHEST = 64 * 1024 * GIGABYTE;

	private ArchivePlace() {
	}

	/**
	 * Return whether the user says where an archive is to be. This is left to him then.
	 * @param options the options that a child reads, wherever they stand
	 * @return whether one of them is about it
	 */
	static boolean isSaidBy(List<String> options) {
		return options.stream().anyMatch((option) -> option.startsWith(RELOCATION) || option.startsWith(BASE_ADDRESS));
	}

	/**
	 * Draw the place of a new archive.
	 * @return the options of the JVM that decides where it lies: the one that makes it,
	 * or with AOT caches the one that records what it is made of
	 */
	static List<String> drawn() {
		// Made here only: a start that draws nothing does not wait for it
		return drawn(Runtime.version().feature(), System.getProperty("os.arch"), new SecureRandom());
	}

	/**
	 * Draw the place of a new archive.
	 * @param release the release of Java that reads them
	 * @param architecture that of the processor, as {@code os.arch} has it
	 * @param random draws the lot
	 * @return the options, none if they may mean something else to it
	 */
	static List<String> drawn(int release, String architecture, RandomGenerator random) {
		if (release > LAST_RELEASE) {
			return List.of();
		}
		// Others load an address in one instruction only if it is very round
		long step = (architecture.equals("amd64") ? 1 : 32) * GIGABYTE;
		return List.of(BASE_ADDRESS + random.nextLong(LOWEST / step, HIGHEST / step) * step);
	}

	/**
	 * Leave an archive in its place. If something else is there it is moved all the same.
	 * @return the options of a JVM that uses it
	 */
	static List<String> kept() {
		return kept(Runtime.version().feature());
	}

	/**
	 * Leave an archive in its place.
	 * @param release the release of Java that reads them
	 * @return the options, none if they may mean something else to it
	 */
	static List<String> kept(int release) {
		return (release <= LAST_RELEASE) ? List.of("-XX:+UnlockDiagnosticVMOptions", RELOCATION + 0) : List.of();
	}

}
