package io.github.prefork.fleet;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says how a fleet is started. Unless told otherwise all ports are chosen by the system
 * and only the fast compiler is used, in a process group and session of its own.
 */
public final class FleetProcessBuilder {

	private static final String FAST_COMPILER = "-XX:TieredStopAtLevel=1";

	/** What the environment says where a test does not. */
	private static final String STARTUP_CACHE = "PREFORK_STARTUPCACHE";

	private static final List<String> DEFAULT_ARGUMENTS = List.of("--server.port=0", "--management.server.port=0",
			"--prefork.child.jvm-args=" + FAST_COMPILER);

	private List<String> application;

	private final List<String> jvmOptions = new ArrayList<>();

	private final List<String> arguments = new ArrayList<>();

	private final Map<String, String> environment = new LinkedHashMap<>();

	private final Consumer<FleetProcess> started;

	private boolean plainJvm;

	private boolean ownSession = OsCommands.hasSessions();

	private List<String> launcher = List.of();

	private Duration startTimeout = Duration.ofSeconds(60);

	private LongFunction<Pattern> port = (pid) -> Pattern.compile("Prefork master listening on port\\(s\\):? (\\d+)");

	private LongFunction<Pattern> managementPort = (pid) -> Pattern
		.compile("\\b" + pid + " --- .*Netty started on port (\\d+) \\(http\\)");

	/**
	 * Start with what is run.
	 * @param application the last JVM options, which say what to run
	 * @param started is told of the fleet that was started
	 */
	FleetProcessBuilder(List<String> application, Consumer<FleetProcess> started) {
		this.application = application;
		this.started = started;
	}

	static List<String> ofJar(Path jar) {
		if (!jar.toFile().isFile()) {
			throw new IllegalArgumentException("there is no jar " + jar.toAbsolutePath() + ": build the sample first");
		}
		return List.of("-jar", jar.toAbsolutePath().normalize().toString());
	}

	static List<String> ofSample() {
		String jar = System.getProperty("sample.jar");
		if (jar == null) {
			throw new IllegalStateException("the system property sample.jar is not set");
		}
		return ofJar(Path.of(jar));
	}

	static List<String> ofMainClass(String name) {
		return List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				name);
	}

	/**
	 * Add arguments of the application.
	 * @param arguments the arguments; those of the harness step back for the same option
	 * @return this
	 */
	public FleetProcessBuilder args(String... arguments) {
		this.arguments.addAll(List.of(arguments));
		return this;
	}

	/**
	 * Add options of the master's JVM.
	 * @param options the options
	 * @return this
	 */
	public FleetProcessBuilder jvmOptions(String... options) {
		this.jvmOptions.addAll(List.of(options));
		return this;
	}

	/**
	 * Leave the compiler as it is: for figures that an application would have.
	 * @return this
	 */
	public FleetProcessBuilder plainJvm() {
		this.plainJvm = true;
		return this;
	}

	/**
	 * Leave jars out of the class path that the application is started with.
	 * @param part a part of their names
	 * @return this
	 */
	public FleetProcessBuilder withoutJar(String part) {
		this.application = this.application.stream().map((argument) -> without(part, argument)).toList();
		return this;
	}

	private static String without(String part, String classPath) {
		return Arrays.stream(classPath.split(File.pathSeparator))
			.filter((entry) -> !entry.endsWith(".jar") || !entry.contains(part))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Set a variable in the master's environment. Variables of the tests' own environment
	 * that could configure the application are not passed.
	 * @param name its name
	 * @param value its value
	 * @return this
	 */
	public FleetProcessBuilder environment(String name, String value) {
		this.environment.put(name, value);
		return this;
	}

	/**
	 * Choose whether the master leads a process group and session of its own, as needed
	 * for signals to the whole group; the default where {@code setsid} is available.
	 * @param ownSession whether it does
	 * @return this
	 */
	public FleetProcessBuilder ownSession(boolean ownSession) {
		this.ownSession = ownSession;
		return this;
	}

	/**
	 * Start the fleet in a control group.
	 * @param group the group
	 * @return this
	 */
	public FleetProcessBuilder controlGroup(ControlGroup group) {
		this.launcher = group.prefix();
		return this;
	}

	/**
	 * Set how long the log lines that tell the ports may take.
	 * @param timeout the longest time
	 * @return this
	 */
	public FleetProcessBuilder startTimeout(Duration timeout) {
		this.startTimeout = timeout;
		return this;
	}

	/**
	 * Set what log line tells the application's port.
	 * @param pattern the pattern by the master's pid; its first group is the port
	 * @return this
	 */
	public FleetProcessBuilder port(LongFunction<Pattern> pattern) {
		this.port = pattern;
		return this;
	}

	/**
	 * Set what log line tells the management port.
	 * @param pattern the pattern by the master's pid; its first group is the port
	 * @return this
	 */
	public FleetProcessBuilder managementPort(LongFunction<Pattern> pattern) {
		this.managementPort = pattern;
		return this;
	}

	/**
	 * Start the master.
	 * @return the running fleet, to be closed
	 * @throws IOException if it cannot be started
	 * @throws IllegalStateException where there is no {@code /proc}
	 */
	public FleetProcess start() throws IOException {
		if (!OsProcess.available()) {
			throw new IllegalStateException("fleets are tested on Linux only: there is no /proc");
		}
		FleetProcess fleet = FleetProcess.start(this);
		this.started.accept(fleet);
		return fleet;
	}

	List<String> command(Path temporaryDirectory) {
		List<String> command = new ArrayList<>(this.launcher);
		command.addAll(OsCommands.prefix(this.ownSession));
		command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
		if (!this.plainJvm) {
			command.add(FAST_COMPILER);
		}
		command.add("-Djava.io.tmpdir=" + temporaryDirectory);
		command.addAll(this.jvmOptions);
		command.addAll(this.application);
		DEFAULT_ARGUMENTS.stream().filter(this::isNotGiven).forEach(command::add);
		command.addAll(this.arguments);
		return command;
	}

	private boolean isNotGiven(String argument) {
		if (this.plainJvm && argument.endsWith(FAST_COMPILER)) {
			return false;
		}
		String option = argument.substring(0, argument.indexOf('='));
		return this.arguments.stream()
			.noneMatch((given) -> given.startsWith(option + "=") || given.startsWith(option + "["));
	}

	void applyEnvironment(Map<String, String> target, Path caches) {
		target.keySet()
			.removeIf((name) -> name.matches("(PREFORK|_PREFORK|SPRING|SERVER|MANAGEMENT|LOGGING|SAMPLE)_.*|DEBUG"));
		target.put("XDG_CACHE_HOME", caches.toString());
		target.put(STARTUP_CACHE, "off");
		target.putAll(this.environment);
	}

	boolean isOwnSession() {
		return this.ownSession;
	}

	Duration startTimeout() {
		return this.startTimeout;
	}

	Pattern port(long pid) {
		return this.port.apply(pid);
	}

	Pattern managementPort(long pid) {
		return this.managementPort.apply(pid);
	}

}
