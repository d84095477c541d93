package io.github.prefork.master.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the options of a child mean for an archive.
 */
final class ArchiveOptions {

	private static final Pattern OWN = Pattern
		.compile("-XX:(SharedArchiveFile|AOTCache|AOTMode)=.*|-XX:\\+AutoCreateSharedArchive"
				+ "|-Xshare:(off|on|dump)|-XX:-UseSharedSpaces|-XX:(ArchiveClassesAtExit|AOTCacheOutput|AOTConfiguration"
				+ "|SharedClassListFile|DumpLoadedClassList)=.*", Pattern.DOTALL);

	private static final Pattern MODULES = Pattern
		.compile("(--module-path|--upgrade-module-path|--limit-modules|--patch-module|-p)(=.*)?", Pattern.DOTALL);

	/**
	 * What an archive has to agree with: collector, sizes of objects, what is opened to
	 * whom, and the like.
	 */
	private static final Pattern MATTERS = Pattern
		.compile("-XX:[+-]?\\w+(=[\\w.]+)?|-Xbootclasspath/a:.*|--enable-preview|-Xverify:\\w+"
				+ "|--(add-modules|add-opens|add-exports|add-reads|enable-native-access)=.*", Pattern.DOTALL);

	/** Sizes that differ from fleet to fleet, and what is about one process. */
	private static final Pattern IRRELEVANT = Pattern
		.compile("-XX:[+-]?(\\w*(HeapSize|HeapSizePerGCThread|NewSize|RAM\\w*|DirectMemorySize|MetaspaceSize"
				+ "|CodeCacheSize|StackSize|ParallelGCThreads|ConcGCThreads)|(Max|Min)HeapFreeRatio"
				+ "|ErrorFile|HeapDump\\w*|LogFile|StartFlightRecording|FlightRecorderOptions|OnError"
				+ "|OnOutOfMemoryError|ExitOnOutOfMemoryError|CrashOnOutOfMemoryError|Flags|VMOptionsFile"
				+ "|TieredStopAtLevel|ActiveProcessorCount)(=.*)?", Pattern.DOTALL);

	private static final Pattern HEAP = Pattern.compile("-(?:Xmx|XX:MaxHeapSize=)(\\d{1,18})([kKmMgGtT]?)");

	/** Of sizes, each 1024 times the one before; that of bytes is not written. */
	private static final String UNITS = " kmgt";

	/** A heap of this size or more is beyond what compressed references reach. */
	private static final long COMPRESSED = 32L << 30;

	private ArchiveOptions() {
	}

	/**
	 * Return the options that an archive has to be made with.
	 * @param options the options of a child
	 * @return those that matter, in their order
	 */
	static List<String> of(List<String> options) {
		List<String> matter = new ArrayList<>(options.stream()
			.filter((option) -> MATTERS.matcher(option).matches() && !IRRELEVANT.matcher(option).matches())
			.toList());
		if (isLarge(options) && options.stream().noneMatch((option) -> option.endsWith("UseCompressedOops"))) {
			matter.add("-XX:-UseCompressedOops");
		}
		return matter;
	}

	// The JVM has references of another size then
	private static boolean isLarge(List<String> options) {
		boolean large = false;
		for (String option : options) {
			Matcher heap = HEAP.matcher(option);
			if (heap.matches()) {
				int shift = 10 * UNITS.indexOf(heap.group(2).toLowerCase(Locale.ROOT));
				large = Long.parseLong(heap.group(1)) >= (COMPRESSED >> shift);
			}
		}
		return large;
	}

	/**
	 * Find what stands in the way of an archive of ours.
	 * @param options the options of a child or of the master
	 * @return the reason, empty if there is none
	 */
	static Optional<String> obstacle(List<String> options) {
		return options.stream()
			.map((option) -> (OWN.matcher(option).matches()) ? "it has an archive of its own (" + option + ")"
					: (MODULES.matcher(option).matches()) ? "it is started with modules (" + option + ")" : null)
			.flatMap((reason) -> Optional.ofNullable(reason).stream())
			.findFirst();
	}

}
