package io.github.prefork.master.command;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * An option that is for one process only.
 *
 * @param pattern what it looks like
 * @param reason why a child must not have it
 */
record DroppedOption(Pattern pattern, String reason) implements OptionRule {

	static final List<OptionRule> ALL = List.of(
			new DroppedOption("-agentlib:jdwp(=.*)?|-Xrunjdwp(:.*)?|-agentpath:[^=]*jdwp[^=]*(=.*)?|-Xdebug|-Xnoagent",
					"the debugger's port is the master's"),
			new DroppedOption("-Dcom\\.sun\\.management\\.(jmxremote\\.((rmi|local)\\.)?port|config\\.file)(=.*)?",
					"the JMX port is the master's"),
			new DroppedOption("-Dspring\\.application\\.admin\\..*", "the admin bean is the master's"),
			new DroppedOption("-Dspring\\.devtools\\.(?!.*=false$).*", "a child is never restarted by DevTools"),
			new DroppedOption("-Dspring\\.context\\.(exit|checkpoint)(=.*)?", "a child has to stay"),
			new DroppedOption(
					"-XX:(ArchiveClassesAtExit|AOTCacheOutput|AOTConfiguration|SharedClassListFile"
							+ "|DumpLoadedClassList)=.*|-XX:AOTMode=(record|create)|-XX:\\+AutoCreateSharedArchive",
					"the archive would be written by several processes"));

	DroppedOption(String pattern, String reason) {
		this(Pattern.compile(pattern, Pattern.DOTALL), reason);
	}

	@Override
	public @Nullable OptionChange apply(String option, String label) {
		return (this.pattern.matcher(option).matches()) ? new OptionChange(option, null, this.reason) : null;
	}

}
