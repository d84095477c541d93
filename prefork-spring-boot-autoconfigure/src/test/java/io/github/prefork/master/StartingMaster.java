package io.github.prefork.master;

import java.time.Duration;

import io.github.prefork.ChildSpawned;

/**
 * A master whose only child never gets ready. Prints the pid of the child.
 */
public final class StartingMaster {

	static final int EXIT_CODE = 5;

	private StartingMaster() {
	}

	/**
	 * Start the master.
	 * @param args {@code exit} to let a listener of an event end the JVM
	 */
	public static void main(String[] args) {
		TestFleet fleet = new TestFleet(TestFleet.SLEEP, Duration.ofSeconds(1));
		fleet.hook((event) -> {
			if (event instanceof ChildSpawned spawned) {
				System.out.println("child " + spawned.pid());
				if (args[0].equals("exit")) {
					System.exit(EXIT_CODE);
				}
			}
		});
		try {
			fleet.webServer(0).start();
		}
		finally {
			System.out.println("start has returned");
		}
	}

}
