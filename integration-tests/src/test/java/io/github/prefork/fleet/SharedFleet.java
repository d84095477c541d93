package io.github.prefork.fleet;

import java.io.IOException;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension, to be registered as a static field: one fleet for those tests of a
 * class that leave it in order. It is started by the first test that asks for it, and
 * closed when the class is through. After a test that has failed the end of its output is
 * printed, and the next test gets another one.
 */
public final class SharedFleet implements AfterEachCallback, AfterAllCallback {

	private final Supplier<FleetProcessBuilder> setup;

	private @Nullable FleetProcess fleet;

	/**
	 * Create the extension.
	 * @param setup says how the fleet is started
	 */
	public SharedFleet(Supplier<FleetProcessBuilder> setup) {
		this.setup = setup;
	}

	/**
	 * Return the fleet.
	 * @return the fleet, started if it was not
	 * @throws IOException if it cannot be started
	 */
	public FleetProcess get() throws IOException {
		FleetProcess running = this.fleet;
		if (running == null) {
			running = this.setup.get().start();
			this.fleet = running;
		}
		return running;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (context.getExecutionException().isPresent() && this.fleet != null) {
			System.err.println(this.fleet.outputTail());
			close();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		close();
	}

	private void close() {
		FleetProcess running = this.fleet;
		if (running != null) {
			this.fleet = null;
			running.close();
		}
	}

}
