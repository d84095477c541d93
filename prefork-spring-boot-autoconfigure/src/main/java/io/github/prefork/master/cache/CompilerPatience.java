package io.github.prefork.master.cache;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What keeps the compilers of a JVM from working for code that runs at the start only.
 * With an archive about half of the start of a child is their work, and most of what they
 * compile in these seconds is never called again. An AOT cache remembers what was hot in
 * the JVM that has recorded it, which is so patient too.
 */
final class CompilerPatience {

	/** The options and what they mean were looked at up to this release. */
	private static final int LAST_RELEASE = 25;

	/**
	 * The last compiler takes three times as many calls and loops as by default to be
	 * sure that code is worth it. While it has work waiting, the first one leaves out the
	 * costly profile. Code that serves requests is compiled all the same, some thousand
	 * requests later.
	 */
	private static final List<String> OPTIONS = List.of("-XX:Tier3DelayOn=0", "-XX:Tier4InvocationThreshold=15000",
			"-XX:Tier4MinInvocationThreshold=1800", "-XX:Tier4CompileThreshold=45000",
			"-XX:Tier4BackEdgeThreshold=120000");

	private CompilerPatience() {
	}

	/**
	 * Return the options.
	 * @param release the release of Java that reads them
	 * @return the options, none if they may mean something else to it
	 */
	static List<String> options(int release) {
		return (release <= LAST_RELEASE) ? OPTIONS : List.of();
	}

	/**
	 * Add the options, if this release of Java is a known one.
	 * @param options other options
	 * @return all options
	 */
	static List<String> with(String... options) {
		List<String> all = new ArrayList<>(Arrays.asList(options));
		all.addAll(options(Runtime.version().feature()));
		return all;
	}

}
