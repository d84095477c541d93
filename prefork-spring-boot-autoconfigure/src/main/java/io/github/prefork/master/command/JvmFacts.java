package io.github.prefork.master.command;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What can be learnt about how a JVM was started.
 *
 * @param executable the path of the {@code java} program
 * @param commandLine the tokens of the command line after the program, empty if the
 * system does not tell
 * @param inputArguments the options that the JVM reports: argument files expanded, and
 * those of the environment merged in
 * @param environment the environment
 * @param javaCommand the main class, module or jar and the arguments, joined by blanks,
 * {@code null} if not known
 * @param classPath the class path, the jar itself if one was run
 * @param classPathIsFile whether the class path is one existing file
 * @param mainModule the module that was run, {@code null} if none was
 */
record JvmFacts(String executable, List<String> commandLine, List<String> inputArguments,
		Map<String, String> environment, @Nullable String javaCommand, String classPath, boolean classPathIsFile,
		@Nullable String mainModule) {

	JvmFacts {
		commandLine = List.copyOf(commandLine);
		inputArguments = List.copyOf(inputArguments);
		environment = Map.copyOf(environment);
	}

}
