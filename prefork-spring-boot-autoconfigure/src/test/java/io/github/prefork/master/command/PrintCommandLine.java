package io.github.prefork.master.command;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints how its JVM was started.
 */
public final class PrintCommandLine {

	private PrintCommandLine() {
	}

	public static void main(String[] args) {
		LaunchCommand command = CommandLineReader.read(JvmFactsReader.read(System.err::println), OptionFiles.SYSTEM,
				System.err::println);
		List<String> tokens = new ArrayList<>(List.of(command.executable()));
		tokens.addAll(JvmOption.tokens(command.options()));
		tokens.add("|");
		tokens.addAll(command.target());
		tokens.add("|");
		tokens.addAll(command.arguments());
		byte[] bytes = String.join("\0", tokens).getBytes(StandardCharsets.UTF_8);
		System.out.write(bytes, 0, bytes.length);
		System.out.flush();
	}

}
