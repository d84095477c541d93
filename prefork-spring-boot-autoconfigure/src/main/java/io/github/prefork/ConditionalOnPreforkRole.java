package io.github.prefork;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.context.annotation.Conditional;

/**
 * Has a component, a configuration class or a bean only in processes of certain roles.
 * Without prefork, and in tests where it is not active, the role is
 * {@link PreforkRole#STANDALONE}: a job for one process of the fleet that must also run
 * there names both {@link PreforkRole#MASTER} and {@link PreforkRole#STANDALONE}.
 * <p>
 * What names {@link PreforkRole#MASTER} is wanted there: a master that is lazy otherwise
 * creates such beans at start, and calls their runners, scheduled methods, {@code
 * Lifecycle} methods and listener methods as any application does. They live in the
 * process that supervises the children, so they should be light.
 * <p>
 * A job, a runner or a component that names {@link PreforkRole#CHILD} and
 * {@link PreforkRole#STANDALONE} is meant to run in each child, and the warning at start
 * does not list it. A master does not have it.
 * <p>
 * Where the application is processed ahead of time its role is not known yet. Every role
 * matches then, and what does not belong into a process is removed when it starts. For
 * that the annotation has to be at the bean's class, at its method, or at a class around
 * these; what such a class imports needs it too. Conditions on other beans, such as a
 * missing one, have seen the beans of all roles.
 */
@Target({ ElementType.TYPE, ElementType.METHOD })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Conditional(OnPreforkRoleCondition.class)
public @interface ConditionalOnPreforkRole {

	/**
	 * Return the roles of which the process must have one.
	 * @return the roles
	 */
	PreforkRole[] value();

}
