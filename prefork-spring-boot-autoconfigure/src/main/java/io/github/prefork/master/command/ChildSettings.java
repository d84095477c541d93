package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import io.github.prefork.master.memory.ChildHeap;

import org.springframework.util.Assert;

/**
 * What the user wants in the children beside what the master was started with
 * ({@code prefork.child.*}).
 *
 * @param processors the number of processors that a child uses
 * @param jvmArguments options of the JVM, appended so that they win
 * @param arguments arguments of the application, appended
 * @param environment environment variables
 * @param heap where the size of the heap comes from
 */
public record ChildSettings(int processors, List<String> jvmArguments, List<String> arguments,
		Map<String, String> environment, ChildHeap heap) {

	public ChildSettings {
		Assert.isTrue(processors > 0, "'processors' must be greater than 0");
		jvmArguments = List.copyOf(jvmArguments);
		arguments = List.copyOf(arguments);
		environment = Map.copyOf(environment);
	}

	/**
	 * Create settings with the default heap.
	 * @param processors the number of processors that a child uses
	 * @param jvmArguments options of the JVM, appended so that they win
	 * @param arguments arguments of the application, appended
	 * @param environment environment variables
	 */
	public ChildSettings(int processors, List<String> jvmArguments, List<String> arguments,
			Map<String, String> environment) {
		this(processors, jvmArguments, arguments, environment, ChildHeap.SPLIT);
	}

}
