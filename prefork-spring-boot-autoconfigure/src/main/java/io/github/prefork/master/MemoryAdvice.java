package io.github.prefork.master;

import io.github.prefork.ChildExited;
import io.github.prefork.ExitReason;
import io.github.prefork.PreforkEvent;

/**
 * What the line of log about a child that ran out of memory says of the properties that
 * help.
 *
 * @param heapBytes the heap of a child, 0 if it is not known
 */
record MemoryAdvice(long heapBytes) {

	/** With it {@code -XX:+ExitOnOutOfMemoryError} ends a JVM, and prefork too. */
	private static final int OUT_OF_MEMORY_STATUS = 3;

	/**
	 * Return what helps.
	 * @param event the event
	 * @return the end of its line of log, empty if it is no such event
	 */
	String of(PreforkEvent event) {
		if (!(event instanceof ChildExited exited) || exited.reason() != ExitReason.OUT_OF_MEMORY) {
			return "";
		}
		if (exited.exitCode() == OUT_OF_MEMORY_STATUS) {
			return ". What it said last tells which memory: for more heap set prefork.child.heap" + now()
					+ ", for more direct memory -XX:MaxDirectMemorySize and for more metaspace "
					+ "-XX:MaxMetaspaceSize in prefork.child.jvm-args; if no native thread could be created, look at "
					+ "the limits of the system for processes and threads";
		}
		return ". The system had no more memory for it: set fewer children (prefork.children) or a smaller heap "
				+ "(prefork.child.heap)" + now();
	}

	private String now() {
		return (this.heapBytes > 0) ? ", which is " + (this.heapBytes >> 20) + "MB now" : "";
	}

}
