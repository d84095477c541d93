package io.github.prefork.master.command;

import java.util.List;
import java.util.regex.Pattern;

import io.github.prefork.channel.ChildProperties;

/**
 * The option by which a child loads classes on a thread of its own while it starts.
 */
final class LoadClassesOption {

	static final String LOAD = "-D" + ChildProperties.LOAD_CLASSES + "=true";

	/** A JVM with one of these has its classes already, or puts them into an archive. */
	private static final Pattern ARCHIVE = Pattern
		.compile("-XX:(SharedArchiveFile|AOTCache|AOTMode|AOTConfiguration|AOTCacheOutput)=.*"
				+ "|-XX:\\+AutoCreateSharedArchive", Pattern.DOTALL);

	/** What an agent does to classes may depend on when they are loaded. */
	private static final Pattern AGENT = Pattern.compile("-(javaagent:|agentlib:|agentpath:|Xrun).*", Pattern.DOTALL);

	/** There is no room for a class that this application does not need. */
	private static final Pattern LIMIT = Pattern.compile("-XX:(MaxMetaspaceSize|CompressedClassSpaceSize):?=.*");

	private LoadClassesOption() {
	}

	/**
	 * Return whether a child should have it.
	 * @param options all options of the child
	 * @return whether it is of use and does no harm
	 */
	static boolean isUseful(List<String> options) {
		return options.stream()
			.noneMatch((option) -> ARCHIVE.matcher(option).matches() || AGENT.matcher(option).matches()
					|| LIMIT.matcher(option).matches());
	}

}
