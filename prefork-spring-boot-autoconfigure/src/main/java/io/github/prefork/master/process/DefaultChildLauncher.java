package io.github.prefork.master.process;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Map;

import io.github.prefork.ChildCommand;
import io.github.prefork.ChildLauncher;

/**
 * Starts a child as a process of its own in the same directory. It writes to where the
 * master writes and has no input: the terminal is the master's.
 */
public final class DefaultChildLauncher implements ChildLauncher {

	private static final File NO_INPUT = new File("/dev/null");

	@Override
	public Process launch(ChildCommand command) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command.command());
		setEnvironment(builder.environment(), command.environment());
		return builder.redirectInput(Redirect.from(NO_INPUT))
			.redirectOutput(Redirect.INHERIT)
			.redirectError(Redirect.INHERIT)
			.start();
	}

	private void setEnvironment(Map<String, String> inherited, Map<String, String> wanted) {
		// A value that stays the same is left alone: it is kept as bytes, some of which
		// may mean nothing in the charset of this JVM.
		inherited.keySet().retainAll(wanted.keySet());
		wanted.forEach((name, value) -> {
			if (!value.equals(inherited.get(name))) {
				inherited.put(name, value);
			}
		});
	}

}
