package io.github.prefork.master.process;

import io.github.prefork.master.command.ChildJvm;
import io.github.prefork.supervisor.ExitEvidence;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Looks for what a child has left that tells why it has ended.
 */
public final class ExitInquiry {

	private static final int SIGKILL_STATUS = 137;

	private static final Log logger = LogFactory.getLog(ExitInquiry.class);

	private final KernelKills kernelKills;

	ExitInquiry(KernelKills kernelKills) {
		this.kernelKills = kernelKills;
	}

	/**
	 * Return the one that also sees what the kernel has killed in the control group of
	 * this process. A kill before this call does not count.
	 * @return the inquiry
	 */
	public static ExitInquiry ofThisProcess() {
		return new ExitInquiry(KernelKills.ofThisProcess());
	}

	/**
	 * Look at what there is.
	 * @param child the child, which has ended
	 * @param exitValue its exit status
	 * @param killed whether the master has killed it
	 * @return what was found
	 */
	public ExitEvidence look(ChildProcess child, int exitValue, boolean killed) {
		try {
			return (exitValue != 0 && !killed) ? found(child, exitValue) : ExitEvidence.NONE;
		}
		catch (RuntimeException ex) {
			logger.warn(LogMessage.format("It can't be told why child %s has ended", child), ex);
			return ExitEvidence.NONE;
		}
	}

	private ExitEvidence found(ChildProcess child, int exitValue) {
		ChildJvm jvm = ChildJvm.of(child.command());
		@Nullable CrashReport report = CrashReport.find(jvm.crashReports(child.pid()), child.launched());
		return new ExitEvidence(jvm.exitsWhenOutOfMemory(), exitValue == SIGKILL_STATUS && this.kernelKills.attribute(),
				(report != null) ? report.file() : null, report != null && report.outOfMemory());
	}

}
