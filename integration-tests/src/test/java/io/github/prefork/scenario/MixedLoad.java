package io.github.prefork.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.awaitility.Awaitility;

/**
 * Clients of one or several kinds that load a fleet together, with 300 requests per
 * second in all unless told otherwise.
 */
final class MixedLoad implements AutoCloseable {

	private static final int RATE = 300;

	private static final int UNDER_WAY = 50;

	private final List<Clients.Load> loads = new ArrayList<>();

	/**
	 * Start the load and wait until it is under way.
	 * @param port the port of the fleet
	 * @param kinds the kinds of clients
	 */
	MixedLoad(int port, Set<Clients> kinds) {
		this(port, kinds, RATE);
	}

	/**
	 * Start the load and wait until it is under way.
	 * @param port the port of the fleet
	 * @param kinds the kinds of clients
	 * @param rate the requests per second of all together
	 */
	MixedLoad(int port, Set<Clients> kinds, int rate) {
		kinds.forEach((kind) -> this.loads.add(kind.start(port, rate / kinds.size())));
		Awaitility.await("load of " + kinds)
			.atMost(Waiting.STOP)
			.until(() -> this.loads.stream().allMatch((load) -> load.finished() > UNDER_WAY));
	}

	/**
	 * Wait for what is in flight, and check that no request has failed.
	 * @return the figures of all
	 * @throws InterruptedException if interrupted
	 */
	String stop() throws InterruptedException {
		List<String> figures = new ArrayList<>();
		for (Clients.Load load : this.loads) {
			figures.add(load.stop());
		}
		return String.join("; ", figures);
	}

	@Override
	public void close() {
		this.loads.forEach(Clients.Load::close);
	}

}
