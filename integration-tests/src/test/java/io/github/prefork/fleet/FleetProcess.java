package io.github.prefork.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A running master with its children, and all that is needed to watch and disturb them.
 * Closing it kills every process of the fleet that is left, and so does the end of this
 * JVM. Expectations that are not met in time are {@link AssertionError}s that show the
 * end of the output. Safe for use by any number of threads.
 */
public final class FleetProcess implements AutoCloseable {

	private static final String MARK = "FLEET_MARK";

	private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

	private static final int TAIL = 80;

	private final FleetProcessBuilder setup;

	private final FleetDirectory directory;

	private final ProcessTree tree;

	private final FleetOutput output;

	private final Thread hook;

	private final AtomicBoolean closed = new AtomicBoolean();

	private FleetProcess(FleetProcessBuilder setup, FleetDirectory directory, ProcessTree tree) {
		this.setup = setup;
		this.directory = directory;
		this.tree = tree;
		this.output = new FleetOutput(directory.output());
		this.hook = new Thread(this::killAtExit, "fleet-kill");
		Runtime.getRuntime().addShutdownHook(this.hook);
	}

	/**
	 * Prepare to run a Boot jar.
	 * @param jar the jar
	 * @return a builder
	 * @throws IllegalArgumentException if there is no such file
	 */
	public static FleetProcessBuilder jar(Path jar) {
		return new FleetProcessBuilder(FleetProcessBuilder.ofJar(jar), (fleet) -> {
		});
	}

	/**
	 * Prepare to run the sample, whose jar the system property {@code sample.jar} names.
	 * @return a builder
	 */
	public static FleetProcessBuilder sample() {
		return new FleetProcessBuilder(FleetProcessBuilder.ofSample(), (fleet) -> {
		});
	}

	/**
	 * Prepare to run a main class from the class path of the tests.
	 * @param name the name of the class
	 * @return a builder
	 */
	public static FleetProcessBuilder mainClass(String name) {
		return new FleetProcessBuilder(FleetProcessBuilder.ofMainClass(name), (fleet) -> {
		});
	}

	static FleetProcess start(FleetProcessBuilder setup) throws IOException {
		FleetDirectory directory = FleetDirectory.create();
		String id = UUID.randomUUID().toString();
		ProcessBuilder builder = new ProcessBuilder(setup.command(directory.temporary()))
			.directory(directory.work().toFile())
			.redirectErrorStream(true)
			.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
			.redirectOutput(ProcessBuilder.Redirect.appendTo(directory.output().toFile()));
		setup.applyEnvironment(builder.environment(), directory.root().resolve("cache"));
		builder.environment().put(MARK, id);
		try {
			return watch(setup, directory, new ProcessTree(builder.start(), MARK + "=" + id));
		}
		catch (IOException ex) {
			directory.delete();
			throw ex;
		}
	}

	private static FleetProcess watch(FleetProcessBuilder setup, FleetDirectory directory, ProcessTree tree) {
		try {
			return new FleetProcess(setup, directory, tree);
		}
		catch (RuntimeException ex) {
			// Such as that this JVM is about to end
			tree.kill(KILL_TIMEOUT);
			throw ex;
		}
	}

	/**
	 * Return the master's process id.
	 * @return the pid
	 */
	public long pid() {
		return this.tree.master().pid();
	}

	/**
	 * Return the live JVMs that the master has launched, also if it has died meanwhile.
	 * @return the process ids in ascending order
	 */
	public List<Long> childPids() {
		return this.tree.childPids();
	}

	/**
	 * Return all live processes of the fleet, whoever has started them.
	 * @return the process ids, the master's included while it lives
	 */
	public List<Long> livePids() {
		return this.tree.livePids();
	}

	/**
	 * Send a signal to a process of the fleet.
	 * @param pid its process id
	 * @param name the signal without SIG, such as KILL, STOP, CONT, TERM
	 * @throws IllegalArgumentException if the process is not a live one of this fleet
	 */
	public void signal(long pid, String name) {
		if (!livePids().contains(pid)) {
			throw new IllegalArgumentException(pid + " is no live process of this fleet");
		}
		OsCommands.kill(name, pid);
	}

	/**
	 * Send a signal to the process group that the master leads, as a terminal does.
	 * @param name the signal without SIG, such as INT
	 * @throws IllegalStateException if the master has no group of its own
	 */
	public void signalGroup(String name) {
		if (!this.setup.isOwnSession()) {
			throw new IllegalStateException("the master shares the process group of the tests");
		}
		OsCommands.kill(name, -pid());
	}

	/**
	 * Return the output of all processes so far.
	 * @return the lines of standard output and standard error
	 */
	public List<String> output() {
		return this.output.lines();
	}

	/**
	 * Wait for a line of output, also one that has come already.
	 * @param pattern is to be found in the line
	 * @param timeout the longest wait
	 * @return the match in the first such line
	 */
	public MatchResult awaitOutput(Pattern pattern, Duration timeout) {
		return awaitOutput(pattern, 0, timeout);
	}

	/**
	 * Wait for a line of output after those that are known.
	 * @param pattern is to be found in the line
	 * @param from the number of lines at the beginning that do not count
	 * @param timeout the longest wait
	 * @return the match in the first such line
	 */
	public MatchResult awaitOutput(Pattern pattern, int from, Duration timeout) {
		MatchResult match = this.output.await(pattern, from, timeout, this.tree::isEmpty);
		return (match != null) ? match : fail("no output matches '" + pattern + "' within " + timeout);
	}

	/**
	 * Wait for the end of the master.
	 * @param timeout the longest wait
	 * @return its exit status, 128 + n for signal n
	 * @throws InterruptedException if interrupted
	 */
	public int awaitExit(Duration timeout) throws InterruptedException {
		Process master = this.tree.master();
		return (master.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) ? master.exitValue()
				: fail("the master has not ended within " + timeout);
	}

	/**
	 * Wait until no process of the fleet is left.
	 * @param timeout the longest wait
	 */
	public void awaitNoProcess(Duration timeout) {
		if (!this.tree.awaitEmpty(timeout)) {
			fail("processes " + livePids() + " have not ended within " + timeout);
		}
	}

	/**
	 * Return the application's port, when the master has logged it.
	 * @return the port
	 */
	public int port() {
		return portOf(this.setup.port(pid()));
	}

	/**
	 * Return the management port, when the master has logged it.
	 * @return the port
	 */
	public int managementPort() {
		return portOf(this.setup.managementPort(pid()));
	}

	private int portOf(Pattern pattern) {
		return Integer.parseInt(awaitOutput(pattern, this.setup.startTimeout()).group(1));
	}

	/**
	 * Get something from the application on a connection of its own.
	 * @param path the path with its query
	 * @return the body
	 * @throws IOException on failure, also if the status is not 2xx
	 */
	public String get(String path) throws IOException {
		return FleetHttp.exchange(port(), "GET", path, null).successfulBody();
	}

	/**
	 * Call a management endpoint on a connection of its own.
	 * @param method the request method
	 * @param path the path with its query
	 * @param body the JSON to send, or {@code null}
	 * @return the response, whatever its status
	 * @throws IOException on failure
	 */
	public FleetResponse manage(String method, String path, @Nullable String body) throws IOException {
		return FleetHttp.exchange(managementPort(), method, path, body);
	}

	/**
	 * Read the first measurement of a meter of the master.
	 * @param name the meter
	 * @param tags tags as {@code key:value}
	 * @return the value, or empty if there is no such meter
	 * @throws IOException on failure
	 */
	public OptionalDouble metric(String name, String... tags) throws IOException {
		return FleetHttp.metric(managementPort(), name, tags);
	}

	/**
	 * Return the working directory.
	 * @return a directory that was empty at the start
	 */
	public Path workingDirectory() {
		return this.directory.work();
	}

	/**
	 * Find what prefork has left in {@code java.io.tmpdir}: there must be nothing when
	 * the fleet has stopped.
	 * @return the sockets and pipes, and all that has prefork in its path
	 * @throws IllegalStateException if closed: the directory is gone
	 */
	public List<Path> leftBehind() {
		if (this.closed.get()) {
			throw new IllegalStateException("closed");
		}
		List<Path> left = new ArrayList<>(this.directory.leftBehind());
		left.addAll(new SharedMemory(pid()).files());
		return left;
	}

	/**
	 * Return the end of the output, for people.
	 * @return the last lines
	 */
	public String outputTail() {
		return "--- end of the output of the fleet of master %d%n%s%n---".formatted(pid(), this.output.tail(TAIL));
	}

	private <T> T fail(String message) {
		throw new AssertionError("%s; live processes: %s%n%s".formatted(message, livePids(), outputTail()));
	}

	/**
	 * Kill every process that is left, and delete the fleet's files.
	 */
	@Override
	public void close() {
		if (!this.closed.compareAndSet(false, true)) {
			return;
		}
		boolean gone = this.tree.kill(KILL_TIMEOUT);
		this.output.close();
		if (!gone) {
			fail("the fleet cannot be killed");
		}
		Runtime.getRuntime().removeShutdownHook(this.hook);
		new SharedMemory(pid()).delete();
		this.directory.delete();
	}

	private void killAtExit() {
		if (this.tree.kill(KILL_TIMEOUT)) {
			new SharedMemory(pid()).delete();
			this.directory.delete();
		}
	}

}
