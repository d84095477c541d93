package io.github.prefork.fleet;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension, to be registered as a field: closes the fleets that a test has started
 * through it, and prints the end of their output if the test has failed.
 */
public final class Fleets implements AfterEachCallback {

	private final List<FleetProcess> started = new CopyOnWriteArrayList<>();

	/**
	 * Prepare to run a Boot jar.
	 * @param jar the jar
	 * @return a builder
	 * @see FleetProcess#jar(Path)
	 */
	public FleetProcessBuilder jar(Path jar) {
		return new FleetProcessBuilder(FleetProcessBuilder.ofJar(jar), this.started::add);
	}

	/**
	 * Prepare to run the sample.
	 * @return a builder
	 * @see FleetProcess#sample()
	 */
	public FleetProcessBuilder sample() {
		return new FleetProcessBuilder(FleetProcessBuilder.ofSample(), this.started::add);
	}

	/**
	 * Prepare to run a main class from the class path of the tests.
	 * @param name the name of the class
	 * @return a builder
	 * @see FleetProcess#mainClass(String)
	 */
	public FleetProcessBuilder mainClass(String name) {
		return new FleetProcessBuilder(FleetProcessBuilder.ofMainClass(name), this.started::add);
	}

	/**
	 * Prepare to run what the last tokens before the application's arguments say.
	 * @param application the tokens, such as a class path and a main class
	 * @return a builder
	 */
	public FleetProcessBuilder launch(List<String> application) {
		return new FleetProcessBuilder(application, this.started::add);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (context.getExecutionException().isPresent()) {
			this.started.forEach((fleet) -> System.err.println(fleet.outputTail()));
		}
		AssertionError failure = null;
		for (FleetProcess fleet : this.started) {
			try {
				fleet.close();
			}
			catch (AssertionError ex) {
				failure = ex;
			}
		}
		this.started.clear();
		if (failure != null) {
			throw failure;
		}
	}

}
