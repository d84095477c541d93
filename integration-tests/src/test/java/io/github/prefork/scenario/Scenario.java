package io.github.prefork.scenario;

/**
 * How large and how often a scenario is run: once, briefly and with 2 children by the
 * ordinary build, several times and with more children by the Maven profile
 * {@code scenarios}, which runs the tests with the tag {@value #TAG}.
 * <p>
 * Each run of a scenario prints one line that begins with {@code SCENARIO}.
 */
final class Scenario {

	/**
	 * The JUnit tag of the tests that the profile runs.
	 */
	static final String TAG = "scenario";

	private static final int CHILDREN = Integer.getInteger("scenario.children", 2);

	private static final int TIMES = Integer.getInteger("scenario.times", 1);

	private Scenario() {
	}

	/**
	 * Return how many children a fleet has.
	 * @return the number of children
	 */
	static int children() {
		return CHILDREN;
	}

	/**
	 * Return the argument that gives a fleet its children.
	 * @return the argument
	 */
	static String childrenArgument() {
		return "--prefork.children=" + CHILDREN;
	}

	/**
	 * Return how often a scenario is run.
	 * @return the number of times
	 */
	static int times() {
		return TIMES;
	}

	/**
	 * Return whether scenarios are run in full length.
	 * @return whether the profile is active
	 */
	static boolean full() {
		return TIMES > 1;
	}

	/**
	 * Choose by the length in which scenarios are run.
	 * @param brief what the ordinary build does
	 * @param full what the profile does
	 * @return the one that counts
	 */
	static int count(int brief, int full) {
		return full() ? full : brief;
	}

	/**
	 * Run a scenario as often as it is to be run, until it fails.
	 * @param name its name
	 * @param run what happens in it
	 * @throws Exception if it fails
	 */
	static void run(String name, Run run) throws Exception {
		run(name, CHILDREN, run);
	}

	/**
	 * Run a scenario whose number of children is given, until it fails.
	 * @param name its name
	 * @param children how many children its fleet has at the start
	 * @param run what happens in it
	 * @throws Exception if it fails
	 */
	static void run(String name, int children, Run run) throws Exception {
		for (int time = 1; time <= TIMES; time++) {
			String head = "SCENARIO %s, %d children, run %d of %d: ".formatted(name, children, time, TIMES);
			try {
				System.out.println(head + run.figures());
			}
			catch (Exception | Error ex) {
				System.out.println(head + "FAILED, " + String.valueOf(ex.getMessage()).lines().findFirst().orElse(""));
				throw ex;
			}
		}
	}

	/**
	 * One run of a scenario.
	 */
	@FunctionalInterface
	interface Run {

		/**
		 * Let it happen, and check that it did as it should.
		 * @return the figures of the run, in one line
		 * @throws Exception if it fails
		 */
		String figures() throws Exception;

	}

}
