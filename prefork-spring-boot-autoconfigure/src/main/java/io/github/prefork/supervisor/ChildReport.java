package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.Locale;

import io.github.prefork.ChildStartException;
import org.jspecify.annotations.Nullable;

/**
 * What the operator is told of a child that is lost.
 */
final class ChildReport {

	private ChildReport() {
	}

	/**
	 * Report a loss.
	 * @param child the child
	 * @param exitCode its exit status, {@code null} if it lives
	 * @param what what has happened to it
	 * @param now the time
	 * @return the report
	 */
	static ChildStartException of(Child child, @Nullable Integer exitCode, String what, long now) {
		String message = "%s (pid %d) %s, %s after its launch%s%s%s%s".formatted(
				(child.slot() >= 0) ? "The child in slot " + child.slot() : "The standby", child.identity.pid(), what,
				seconds(now - child.launchedAt), child.served ? "" : ", before it was ready",
				(child.refused != null) ? ". It was refused: " + child.refused : "",
				(child.stuckAt != null) ? ". It was stuck: " + child.stuckAt : "",
				(child.failing != null) ? ". It said: " + child.failing : "");
		return new ChildStartException(child.slot(), exitCode, message, child.claimed ? null : unclaimed(child), null);
	}

	private static String unclaimed(Child child) {
		if (child.refused != null) {
			return "Restart the master: it is of the release of prefork that it was started with.";
		}
		return (child.killedFor != null)
				? "It never claimed its place. If a ChildLauncher bean starts the children, it has to pass the "
						+ "environment of the ChildCommand on."
				: "It ended before it could claim its place, perhaps because the JVM has refused an option: look for "
						+ "lines without a pid above, and check 'prefork.child.jvm-args' and what the master was "
						+ "started with.";
	}

	/**
	 * Describe what is known of a child that hangs.
	 * @param child the child
	 * @param look what the system tells about its process
	 * @param now the time
	 * @return the description
	 */
	static String hang(Child child, ProcessLook look, long now) {
		Stall stall = child.stall;
		if (stall == null) {
			return "not heard of for " + seconds(now - child.heardAt);
		}
		Duration used = stall.usedUntil(look.cpuTime());
		return stall.reason() + " for " + seconds(now - stall.since())
				+ ((used != null) ? ", with " + seconds(used.toNanos()) + " of processor time used meanwhile" : "");
	}

	private static String seconds(long nanos) {
		return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
	}

}
