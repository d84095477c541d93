package io.github.prefork.autoconfigure.role;

/**
 * Why an application is neither master nor child. In the order of precedence: the first
 * one that applies is the reason given.
 */
public enum Obstacle {

	/**
	 * The application serves nothing, for example a bootstrap context.
	 */
	NOT_A_WEB_APPLICATION(Notice.DEBUG, "this is not a web application"),

	/**
	 * Another application of this JVM is the master or the child.
	 */
	ROLE_TAKEN(Notice.INFO,
			"another application of this JVM is the master or the child (the master alone serves this one)"),

	/**
	 * The user switched prefork off.
	 */
	DISABLED(Notice.INFO, "prefork.enabled=false"),

	/**
	 * The user switched prefork off by leaving out its auto-configuration.
	 */
	EXCLUDED(Notice.INFO, "PreforkAutoConfiguration is excluded"),

	/**
	 * The application has no port that could be shared.
	 */
	NO_PORT(Notice.INFO, "server.port is negative"),

	/**
	 * The build processes the application ahead of time.
	 */
	AOT_PROCESSING(Notice.INFO, "the application is processed ahead of time"),

	/**
	 * The application is started to record its classes and ends at refresh.
	 */
	TRAINING_RUN(Notice.INFO, "this is a training run (spring.context.exit=onRefresh)"),

	/**
	 * The application is started to be checkpointed at refresh.
	 */
	CHECKPOINT(Notice.INFO, "a checkpoint is taken (spring.context.checkpoint=onRefresh)"),

	/**
	 * The application is started by a test.
	 */
	TESTS(Notice.INFO, "the application runs in a test (prefork.skip.in-tests=true)"),

	/**
	 * DevTools restarts the application within this JVM.
	 */
	DEV_TOOLS(Notice.INFO,
			"DevTools restarts the application (the JVM option -Dspring.devtools.restart.enabled=false allows prefork)"),

	/**
	 * Spring MVC on a servlet container, which can't adopt listeners.
	 */
	SERVLET(Notice.WARN, "this is a servlet application, and prefork needs WebFlux on Reactor Netty"),

	/**
	 * Another web server, or none: only the channels of Reactor Netty can adopt
	 * listeners.
	 */
	NO_REACTOR_NETTY(Notice.WARN, "Reactor Netty (spring-boot-starter-reactor-netty) is not on the class path"),

	/**
	 * A native image can't be launched again as a JVM.
	 */
	NATIVE_IMAGE(Notice.WARN, "native images are not supported"),

	/**
	 * No way to share a port. {@link RoleInputs#platform()} has the reason.
	 */
	PLATFORM(Notice.WARN, "");

	private final Notice notice;

	private final String reason;

	Obstacle(Notice notice, String reason) {
		this.notice = notice;
		this.reason = reason;
	}

	/**
	 * Return whether this lies in the application and not in the process. Such an
	 * application is standalone in every process, and must not use up the claim of a
	 * child's: another application of the JVM may be the one that it was launched for.
	 * @return whether a claim does not matter
	 */
	public boolean isOfApplication() {
		return switch (this) {
			case NOT_A_WEB_APPLICATION, ROLE_TAKEN, DISABLED, EXCLUDED, NO_PORT, SERVLET, NO_REACTOR_NETTY -> true;
			default -> false;
		};
	}

	/**
	 * Return whether prefork can't work here although the user wants it.
	 * @return whether {@code prefork.required=true} makes an error of it
	 */
	boolean isFatalIfRequired() {
		return this.notice == Notice.WARN;
	}

	Notice notice() {
		return this.notice;
	}

	String reason() {
		return this.reason;
	}

}
