package io.github.prefork.supervisor;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * What is found, beside the exit status, when a child has ended.
 *
 * @param exitsWhenOutOfMemory whether its JVM ends with status 3 when memory runs out
 * @param killedByKernel whether the kernel has killed a process for want of memory, which
 * may be this one
 * @param crashReport the file in which its JVM tells why it has crashed, {@code null} if
 * there is none
 * @param reportsOutOfMemory whether that file names a lack of memory as the cause
 */
public record ExitEvidence(boolean exitsWhenOutOfMemory, boolean killedByKernel, @Nullable Path crashReport,
		boolean reportsOutOfMemory) {

	/**
	 * Nothing is known.
	 */
	public static final ExitEvidence NONE = new ExitEvidence(false, false, null, false);

}
