package io.github.prefork.autoconfigure;

import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * The role of this JVM, given once: to the first application that can be a master or a
 * child. Others in the same JVM (a bootstrap context, the parent of a context hierarchy)
 * are standalone and do not use it up. Safe for use by several threads.
 */
final class ProcessRole {

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
	static synchronized Assignment assign(SpringApplication application, Function<Boolean, RoleInputs> inputs) {
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
	static synchronized void closed(SpringApplication application) {
		if (owner != null && owner.get() == application) {
			childLeft = hasAssigned(PreforkRole.CHILD);
			failed(application);
		}
	}

	/**
	 * An application has failed to start. If it was the master, the next one can be.
	 * @param application the application
	 */
	static synchronized void failed(SpringApplication application) {
		if (owner != null && owner.get() == application && hasAssigned(PreforkRole.MASTER)) {
			owner = null;
			assigned = null;
		}
	}

	/**
	 * Return whether a reason is given for the first time in this JVM.
	 * @param decision the decision with the reason
	 * @return whether it is news
	 */
	static synchronized boolean isNews(Decision decision) {
		return toldReasons.add(decision.reason());
	}

	/**
	 * Return the role of the application that an environment belongs to.
	 * @param environment the environment
	 * @return the role that the post-processor laid into it; STANDALONE if it never ran
	 */
	static PreforkRole of(ConfigurableEnvironment environment) {
		// Not getProperty: a variable PREFORK_ROLE must not make a master
		PropertySource<?> source = environment.getPropertySources().get(RolePropertySource.NAME);
		Object role = (source != null) ? source.getProperty(RolePropertySource.ROLE) : null;
		return (role != null) ? PreforkRole.valueOf(role.toString().toUpperCase(Locale.ROOT)) : PreforkRole.STANDALONE;
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
