package io.github.prefork.master.command;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Learns how this JVM was started.
 */
final class JvmFactsReader {

	private static final Log logger = LogFactory.getLog(JvmFactsReader.class);

	private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

	private static final Set<String> LAUNCHERS = Set.of("java", "java.exe", "javaw.exe");

	/** What a decoder puts in the place of bytes that mean nothing to it. */
	private static final char UNDECODABLE = '\ufffd';

	/** The first version whose ProcessBuilder encodes arguments as the system does. */
	private static final int NATIVE_ENCODING_VERSION = 18;

	private JvmFactsReader() {
	}

	/**
	 * Read what is known.
	 * @param warnings takes what the operator has to know
	 * @return the facts
	 */
	static JvmFacts read(Consumer<String> warnings) {
		String command = ProcessHandle.current().info().command().orElse("");
		boolean launcher = isLauncher(command);
		String classPath = System.getProperty("java.class.path", "");
		return new JvmFacts((launcher) ? command : javaHomeExecutable(), (launcher) ? commandLine(warnings) : List.of(),
				ManagementFactory.getRuntimeMXBean().getInputArguments(), System.getenv(),
				System.getProperty("sun.java.command"), classPath, isFile(classPath),
				System.getProperty("jdk.module.main"));
	}

	private static boolean isLauncher(String command) {
		// The program may be another one that embeds the JVM and has a command line of
		// its own, or be gone since an update.
		Path path = Path.of(command);
		return LAUNCHERS.contains(String.valueOf(path.getFileName())) && Files.isExecutable(path);
	}

	private static String javaHomeExecutable() {
		return Path.of(System.getProperty("java.home"), "bin", "java").toString();
	}

	private static List<String> commandLine(Consumer<String> warnings) {
		try {
			List<String> tokens = split(Files.readAllBytes(COMMAND_LINE), argumentCharset());
			warnOfUndecodable(tokens, argumentCharset(), warnings);
			return (tokens.isEmpty()) ? tokens : tokens.subList(1, tokens.size());
		}
		catch (IOException ex) {
			logger.debug("The system does not tell the command line", ex);
			return List.of();
		}
	}

	static void warnOfUndecodable(List<String> tokens, Charset charset, Consumer<String> warnings) {
		if (tokens.stream().anyMatch((token) -> token.indexOf(UNDECODABLE) >= 0)) {
			warnings.accept(("The command line has characters that this JVM can't decode as %s, so children"
					+ " get a question mark for each of their bytes. Set LC_ALL to C.UTF-8 or the like, and no file.encoding")
				.formatted(charset));
		}
	}

	/**
	 * Split a command line of which each token ends with a NUL.
	 * @param bytes the command line
	 * @param charset the charset of the tokens
	 * @return the tokens, empty ones among them
	 */
	static List<String> split(byte[] bytes, Charset charset) {
		String text = new String(bytes, charset);
		return (text.isEmpty()) ? List.of()
				: Arrays.asList((text.endsWith("\0") ? text.substring(0, text.length() - 1) : text).split("\0", -1));
	}

	static Charset argumentCharset() {
		// The tokens are given to a {@link ProcessBuilder} again, so what counts is that
		// it encodes them as they were decoded.
		String encoding = System.getProperty("sun.jnu.encoding");
		if (Runtime.version().feature() < NATIVE_ENCODING_VERSION || encoding == null
				|| !Charset.isSupported(encoding)) {
			return Charset.defaultCharset();
		}
		return Charset.forName(encoding);
	}

	private static boolean isFile(String classPath) {
		try {
			return !classPath.isEmpty() && Files.isRegularFile(Path.of(classPath));
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

}
