package io.github.prefork.child;

import io.github.prefork.channel.ToMaster;

import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.NestedExceptionUtils;

/**
 * Tells the master why the application can't start, so that its own explanation can name
 * the cause.
 */
public final class FailureReporter implements ApplicationListener<ApplicationFailedEvent> {

	private static final int MAX_LENGTH = 500;

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
		Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
		String text = cause.toString().strip().lines().findFirst().orElse("");
		return (text.length() > MAX_LENGTH) ? text.substring(0, MAX_LENGTH) + "..." : text;
	}

	@Override
	public boolean supportsAsyncExecution() {
		// The process ends next
		return false;
	}

}
