package io.github.prefork.master;

import io.github.prefork.ChildExited;
import io.github.prefork.ExitReason;
import io.github.prefork.PreforkEvent;
import io.github.prefork.master.command.ChildMemory;
import io.github.prefork.supervisor.SupervisorSettings;

/**
 * What the line of log about a child that ran out of memory says of the properties that
 * help.
 *
 * @param memory what a child has
 * @param fleet how many there are
 */
record MemoryAdvice(ChildMemory memory, SupervisorSettings fleet) {

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
			return ". What it said last tells which memory: for more heap " + moreHeap()
					+ ", for more direct memory -XX:MaxDirectMemorySize and for more metaspace "
					+ "-XX:MaxMetaspaceSize in prefork.child.jvm-args; if no native thread could be created, look at "
					+ "the limits of the system for processes and threads";
		}
		MemoryRemedy remedy = new MemoryRemedy(this.memory, this.fleet);
		// What the budget says is no more than an estimate, and it was not enough
		return ". The system had no more memory for it: " + remedy.of((heap) -> false)
				+ (remedy.isHeapLarge() ? now() : "");
	}

	private String moreHeap() {
		return (this.memory.heapChoice().isEmpty() ? "set " : "change ") + this.memory.heapSetting() + now();
	}

	private String now() {
		long heap = this.memory.heapBytes();
		return (heap > 0) ? ", which is " + (heap >> 20) + "MB now" : "";
	}

}
