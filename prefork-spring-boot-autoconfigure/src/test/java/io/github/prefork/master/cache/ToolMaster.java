package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The main class of a JVM that runs a program and then lives on.
 */
public final class ToolMaster {

	private static final Duration LONG = Duration.ofMinutes(5);

	private ToolMaster() {
	}

	/**
	 * Run a program, write why it has failed to a file, and live on for some minutes.
	 * @param args the shell that watches, the script, and its working directory
	 * @throws Exception if it was interrupted
	 */
	public static void main(String[] args) throws Exception {
		Path directory = Path.of(args[2]);
		Tool tool = new Tool(LONG, LONG, List.of(args[0].split(" ")));
		try {
			tool.run(List.of("/bin/sh", "-c", args[1]), directory);
		}
		catch (IOException ex) {
			Files.writeString(directory.resolve("result"), String.valueOf(ex.getMessage()));
		}
		Thread.currentThread().join(LONG.toMillis());
	}

}
