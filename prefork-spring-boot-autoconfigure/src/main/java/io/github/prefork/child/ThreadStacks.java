package io.github.prefork.child;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * The stacks of all threads as text.
 */
final class ThreadStacks {

	private ThreadStacks() {
	}

	/**
	 * Return the stacks as the JVM itself writes them ({@code jstack}), or in a shorter
	 * form where it does not offer that.
	 * @return the text
	 */
	static String text() {
		try {
			Object text = ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "threadPrint",
						new Object[] { new String[0] }, new String[] { String[].class.getName() });
			return String.valueOf(text);
		}
		catch (JMException | RuntimeException | LinkageError ex) {
			return shorter();
		}
	}

	static String shorter() {
		ThreadInfo[] threads = ManagementFactory.getThreadMXBean().dumpAllThreads(false, false);
		return Stream.of(threads).map(ThreadStacks::text).collect(Collectors.joining("\n"));
	}

	private static String text(ThreadInfo thread) {
		String head = "\"%s\" #%d %s".formatted(thread.getThreadName(), thread.getThreadId(), thread.getThreadState());
		return Stream.concat(Stream.of(head), Stream.of(thread.getStackTrace()).map((frame) -> "\tat " + frame))
			.collect(Collectors.joining("\n", "", "\n"));
	}

}
