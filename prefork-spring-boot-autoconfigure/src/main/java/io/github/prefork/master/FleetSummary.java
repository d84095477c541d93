package io.github.prefork.master;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;

import io.github.prefork.master.command.ChildMemory;
import io.github.prefork.master.memory.MemoryBudget;

import org.springframework.util.StringUtils;

/**
 * What the log says at the start of a fleet.
 *
 * @param settings the settings of the master
 * @param port the port
 * @param memory what a child has
 */
record FleetSummary(MasterSettings settings, int port, ChildMemory memory) {

	private static final String START = "Prefork master with %s (%s), listener mode %s, one port for all: %d";

	private static final String HEAPS = "heap of the master at most %d MiB, of each child %s";

	private static final String DIVIDED = "The heap of %d MiB that the options of the JVM say is divided among %s "
			+ "and the master: each child has at most %d MiB. ";

	private static final String MORE = "Set prefork.child.heap to a size such as %dMB if a child needs more, or to "
			+ "inherit to give each child all of it";

	private static final String NO_MORE = "More does not fit into the memory of %d MiB: set fewer children "
			+ "(prefork.children) if a child needs more";

	private static final String EXCEEDED = "The fleet may come to use %d MiB, and there are %d MiB: %s with %d MiB of "
			+ "heap%s and about %d MiB beside it, and %d MiB for the master. %s, or the kernel may kill children";

	private static final String REPLACING = "While a child is replaced there is one more, and the fleet may come to use "
			+ "%d MiB, and there are %d MiB: %s and one more with %d MiB of heap each and about %d MiB beside it, and "
			+ "%d MiB for the master. %s, or the kernel may kill children during a rolling restart";

	private static final String ROOM = " with room for one more while one is replaced";

	/**
	 * Return the line that says what is started, and why so.
	 * @param more what else is to be said of the children
	 * @return the line
	 */
	String line(String... more) {
		List<String> parts = new ArrayList<>();
		parts.add(START.formatted(fleet(), this.settings.reason(), this.settings.mode(), this.port));
		parts.add(HEAPS.formatted(mebibytes(budget().jvm().maxBytes()), heap()));
		parts.add("%s for each child, and %s".formatted(processors(), collector()));
		parts.addAll(List.of(more));
		return String.join("; ", parts);
	}

	private String fleet() {
		int standby = this.settings.supervisor().standby();
		return count(this.settings.supervisor().children(), "child", "children")
				+ ((standby > 0) ? " and " + count(standby, "standby", "standbys") : "");
	}

	private static String count(int number, String one, String several) {
		return number + " " + ((number == 1) ? one : several);
	}

	private String heap() {
		return (this.memory.heapBytes() > 0) ? mebibytes(this.memory.heapBytes()) + " MiB" + room()
				: "as its JVM chooses";
	}

	private String room() {
		return (budget().limit().given() && !budget().isExceededByReplacing(this.memory.heapBytes())) ? ROOM : "";
	}

	private String processors() {
		String number = this.memory.processors();
		return number + ("1".equals(number) ? " processor" : " processors");
	}

	private String collector() {
		return (!this.memory.collector().isEmpty()) ? "collector " + this.memory.collector()
				: "the collector that its JVM chooses";
	}

	/**
	 * Return what the user should know of the memory.
	 * @return the lines, none if all is well
	 */
	List<String> warnings() {
		List<String> lines = new ArrayList<>();
		long heap = this.memory.heapBytes();
		if (this.memory.divided()) {
			lines.add(DIVIDED.formatted(mebibytes(budget().jvm().maxBytes()), fleet(), mebibytes(heap)) + more(heap));
		}
		if (heap > 0 && budget().isExceeded(heap)) {
			lines.add(EXCEEDED.formatted(mebibytes(budget().sum(heap)), mebibytes(budget().limit().bytes()), fleet(),
					mebibytes(heap), (budget().children() > 1) ? " each" : "", mebibytes(MemoryBudget.OVERHEAD),
					mebibytes(MemoryBudget.MASTER_RESERVE), remedy(budget()::isExceeded)));
		}
		else if (heap > 0 && budget().isExceededByReplacing(heap)) {
			lines.add(REPLACING.formatted(mebibytes(budget().replacingSum(heap)), mebibytes(budget().limit().bytes()),
					fleet(), mebibytes(heap), mebibytes(MemoryBudget.OVERHEAD), mebibytes(MemoryBudget.MASTER_RESERVE),
					remedy(budget()::isExceededByReplacing)));
		}
		return lines;
	}

	private String remedy(LongPredicate exceeded) {
		return StringUtils.capitalize(new MemoryRemedy(this.memory, this.settings.supervisor()).of(exceeded));
	}

	private String more(long heap) {
		long more = LongStream.of(2 * heap, budget().jvm().maxBytes(), budget().fitting()).min().orElse(0);
		return (mebibytes(more) > mebibytes(heap)) ? MORE.formatted(mebibytes(more))
				: NO_MORE.formatted(mebibytes(budget().limit().bytes()));
	}

	private MemoryBudget budget() {
		return this.memory.budget();
	}

	private static long mebibytes(long bytes) {
		return bytes >> 20;
	}

}
