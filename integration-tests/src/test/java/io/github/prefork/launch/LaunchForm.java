package io.github.prefork.launch;

import java.util.ArrayList;
import java.util.List;

/**
 * The ways in which an application is started.
 */
enum LaunchForm {

	/** With {@code -jar}, as it was packaged. */
	FAT_JAR {

		@Override
		List<String> application(LaunchFiles files) throws Exception {
			return List.of("-jar", files.fatJar().toString());
		}

	},

	/** With {@code -jar}, after {@code -Djarmode=tools ... extract}. */
	EXTRACTED_JAR {

		@Override
		List<String> application(LaunchFiles files) throws Exception {
			return List.of("-jar", files.extractedJar().toString());
		}

	},

	/** A class path and a main class: more than 4,096 bytes. */
	CLASS_PATH {

		@Override
		List<String> application(LaunchFiles files) {
			return List.of("-cp", LaunchFiles.classPath(), LaunchFiles.MAIN);
		}

	},

	/** Spring Boot's launcher that takes its class path from properties. */
	PROPERTIES_LAUNCHER {

		@Override
		List<String> application(LaunchFiles files) throws Exception {
			return List.of("-Dloader.main=" + LaunchFiles.MAIN, "-cp", files.fatJar().toString(),
					"org.springframework.boot.loader.launch.PropertiesLauncher");
		}

	},

	/** The application and all that it needs as modules. */
	MODULE_PATH {

		@Override
		List<String> application(LaunchFiles files) throws Exception {
			return List.of("--module-path=" + files.moduleJar() + ":" + files.extractedJar().resolveSibling("lib"),
					"--add-modules", "ALL-MODULE-PATH", "-m", LaunchFiles.MODULE + "/" + LaunchFiles.MAIN);
		}

	},

	/** An argument file that holds everything, arguments of the application among it. */
	ARGUMENT_FILE {

		@Override
		List<String> application(LaunchFiles files) {
			return List.of("@" + files.file("all", """
					# What the launcher reads
					-Dfrom.file="a  b" -cp "%s"
					%s "in file" '' "n\\n" --caf\u00e9
					""".formatted(LaunchFiles.classPath(), LaunchFiles.MAIN)));
		}

		@Override
		List<String> argumentsInFile() {
			return List.of("in file", "", "n\n", "--caf\u00e9");
		}

	},

	/** As an IDE does: an agent, and an argument file that is gone at once. */
	IDE {

		@Override
		List<String> application(LaunchFiles files) throws Exception {
			String file = files.file("ide", "-classpath\n\"" + LaunchFiles.classPath() + "\"").toString();
			return List.of("-javaagent:" + files.agentJar() + "=trace", "-Dfile.encoding=UTF-8",
					"-Dlaunch.delete=" + file, "@" + file, LaunchFiles.MAIN);
		}

	};

	abstract List<String> application(LaunchFiles files) throws Exception;

	List<String> argumentsInFile() {
		return List.of();
	}

	/**
	 * Return the command line that a child must have, but for the program.
	 * @param master the command line of the master
	 * @param pid the process id of the master
	 * @param application what says what to run
	 * @param arguments the arguments of the application
	 * @return the same with what the children get in addition
	 */
	static List<String> expected(List<String> master, long pid, List<String> application, List<String> arguments) {
		int end = master.size() - arguments.size();
		boolean two = List.of("-jar", "-m").contains(application.get(application.size() - 2));
		int target = (two) ? end - 2 : end - 1;
		List<String> expected = new ArrayList<>(List.of("-Dio.github.prefork.launched-by=" + pid,
				"-Dio.github.prefork.file-label=0", "-XX:ActiveProcessorCount=1", "-Dreactor.netty.ioWorkerCount=1",
				"-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:ErrorFile=hs_err-0.log"));
		if (Runtime.getRuntime().availableProcessors() > 1) {
			expected.add(4, "-Dio.github.prefork.load-classes=true");
		}
		expected.addAll(master.subList(0, target));
		expected.add("-XX:TieredStopAtLevel=1");
		expected.addAll(master.subList(target, master.size()));
		return expected;
	}

}
