package io.github.prefork.autoconfigure.role;

import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;

/**
 * The role of this JVM, given once: to the first application that can be a master or a
 * child. Others in the same JVM (a bootstrap context, the parent of a context hierarchy)
 * are standalone and do not use it up. Safe for use by several threads.
 */
public final class ProcessRole {

	private static final Set<String> toldReasons = new HashSet<>();

	private static @Nullable WeakReference<SpringApplication> owner;

	private static @Nullable Assignment assigned;

	private static boolean childLeft;

	private ProcessRole() {
	}

	/**
	 * Give an application its role. An application that asks again gets the same.
	 * @param application the application
	 * @param inputs gives what the decision depends on; told whether another application
	 * has the role of this JVM
	 * @return the role
	 * @throws PreforkException if prefork is required and can't work here, or if the
	 * application would serve in a child that has left its fleet
	 */
	public static synchronized Assignment assign(SpringApplication application, Function<Boolean, RoleInputs> inputs) {
		if (assigned != null && !childLeft && owner != null && owner.get() == application) {
			return assigned;
		}
		RoleInputs known = inputs.apply(assigned != null);
		if (childLeft && serves(known)) {
			throw new PreforkException("This process was a child of a fleet and has left it: another child has taken "
					+ "its place, and an application can't serve here again");
		}
		Assignment assignment = new Assignment(RoleDecision.decide(known), known.claim(), isBesideChild(known));
		if (assignment.decision().isActive()) {
			owner = new WeakReference<>(application);
			assigned = assignment;
		}
		return assignment;
	}

	private static boolean serves(RoleInputs inputs) {
		return !inputs.obstacles().contains(Obstacle.NOT_A_WEB_APPLICATION);
	}

	private static boolean isBesideChild(RoleInputs inputs) {
		return inputs.childProcess() && serves(inputs);
	}

	private static boolean hasAssigned(PreforkRole role) {
		return assigned != null && assigned.decision().role() == role;
	}

	/**
	 * The context of an application has closed. If it was the master, the next
	 * application can be: the fleet is gone. A child's place at its master is not to be
	 * had again.
	 * @param application the application
	 */
	public static synchronized void closed(SpringApplication application) {
		if (owner != null && owner.get() == application) {
			childLeft = hasAssigned(PreforkRole.CHILD);
			failed(application);
		}
	}

	/**
	 * An application has failed to start. If it was the master, the next one can be.
	 * @param application the application
	 */
	public static synchronized void failed(SpringApplication application) {
		if (owner != null && owner.get() == application && hasAssigned(PreforkRole.MASTER)) {
			owner = null;
			assigned = null;
		}
	}

	/**
	 * Say why prefork is not active, if that is so and the reason is given for the first
	 * time in this JVM.
	 * @param assignment the role of an application
	 * @param log where to say it, as loudly as the reason deserves
	 */
	public static void announce(Assignment assignment, Log log) {
		Decision decision = assignment.decision();
		if (!decision.isActive() && isNews(decision)) {
			decision.notice().log(log, "Prefork is not active: " + decision.reason());
		}
	}

	private static synchronized boolean isNews(Decision decision) {
		return toldReasons.add(decision.reason());
	}

	/**
	 * Forget everything, for tests.
	 */
	static synchronized void reset() {
		toldReasons.clear();
		owner = null;
		assigned = null;
		childLeft = false;
	}

}
