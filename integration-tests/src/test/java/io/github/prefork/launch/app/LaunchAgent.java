package io.github.prefork.launch.app;

/**
 * An agent, such as an IDE starts an application with.
 */
public final class LaunchAgent {

	private LaunchAgent() {
	}

	/**
	 * Leave a trace.
	 * @param arguments the arguments of the agent
	 */
	public static void premain(String arguments) {
		System.setProperty("launch.agent", arguments);
	}

}
