package io.github.prefork.child;

import io.github.prefork.channel.ToMaster;

import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;

/**
 * Tells the master why the application can't start, so that its own explanation can name
 * the cause.
 */
public final class FailureReporter implements ApplicationListener<ApplicationFailedEvent> {

	private static final int MAX_LENGTH = 300;

	private final ChildLink link;

	/**
	 * Create the reporter.
	 * @param link the tie to the master
	 */
	public FailureReporter(ChildLink link) {
		this.link = link;
	}

	@Override
	public void onApplicationEvent(ApplicationFailedEvent event) {
		this.link.send(new ToMaster.Failing(describe(event.getException())));
	}

	static String describe(Throwable failure) {
		Throwable outer = failure;
		Throwable root = failure;
		while (root.getCause() != null && root.getCause() != root) {
			outer = root;
			root = root.getCause();
		}
		// The one around the root often says what it was about
		return line(root) + ((outer != root) ? " (in " + line(outer) + ")" : "");
	}

	private static String line(Throwable failure) {
		String text = failure.toString().strip().lines().findFirst().orElse("");
		return (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) + "..." : text;
	}

	@Override
	public boolean supportsAsyncExecution() {
		// The process ends next
		return false;
	}

}
