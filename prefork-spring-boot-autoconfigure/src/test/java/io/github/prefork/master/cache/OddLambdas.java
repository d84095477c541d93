package io.github.prefork.master.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles a class with lambda expressions whose lines in a class list are too long for
 * the JVM that makes an archive, and no UTF-8.
 */
final class OddLambdas {

	static final String NAME = "OddLambdas";

	/** It does not fit into 16 bits, and a class file has it as two times three bytes. */
	private static final String METHOD = "\\ud835\\udc9c";

	private static final int PARAMETERS = 80;

	private OddLambdas() {
	}

	/**
	 * Compile the class and what it needs.
	 * @param directory where to
	 * @return the class files
	 */
	static List<Path> compile(Path directory) throws IOException {
		String type = AtomicReferenceFieldUpdater.class.getName();
		StringBuilder parameters = new StringBuilder(type + " a0");
		for (int i = 1; i < PARAMETERS; i++) {
			parameters.append(", ").append(type).append(" a").append(i);
		}
		Path source = Files.writeString(directory.resolve(NAME + ".java"), """
				public final class OddLambdas implements Runnable {
					interface Many {
						void take(%1$s);
					}
					static void many(%1$s) { }
					static void %2$s() { }
					public void run() {
						Many many = OddLambdas::many;
						Runnable named = OddLambdas::%2$s;
						named.run();
					}
				}
				""".formatted(parameters, METHOD));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
			Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(source);
			List<String> options = List.of("-nowarn", "-proc:none", "-d", directory.toString());
			if (!compiler.getTask(null, files, null, options, null, sources).call()) {
				throw new IllegalStateException("It does not compile");
			}
		}
		return List.of(directory.resolve(NAME + ".class"), directory.resolve(NAME + "$Many.class"));
	}

}
