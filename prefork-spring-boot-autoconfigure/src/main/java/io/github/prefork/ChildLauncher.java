package io.github.prefork;

import java.io.IOException;

/**
 * Starts the process of a child. Declare a bean of this type to launch children in
 * another way, for example with a wrapper in front (fasthttp: {@code CommandProducer}).
 * The launched process must run the given command with the given environment, at once or
 * as its descendant; otherwise it can't claim its place and is not taken for a child.
 */
@FunctionalInterface
public interface ChildLauncher {

	/**
	 * Start the process. Called on the supervisor's thread.
	 * @param command what to launch
	 * @return the started process
	 * @throws IOException if it can't be started
	 * @see ChildLauncherException
	 */
	Process launch(ChildCommand command) throws IOException;

}
