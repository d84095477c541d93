package io.github.prefork.autoconfigure;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.github.prefork.autoconfigure.role.ClaimOutcome;
import io.github.prefork.autoconfigure.role.Obstacle;
import io.github.prefork.autoconfigure.role.RoleInputs;
import io.github.prefork.child.ProcessClaim;
import io.github.prefork.master.listener.ListenerMode;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.core.NativeDetector;
import org.springframework.core.SpringProperties;
import org.springframework.util.ClassUtils;

/**
 * Reads what the role of an application depends on. Must be asked on the thread that runs
 * the application.
 */
final class Surroundings {

	private static final String RESTART_CLASS_LOADER = "org.springframework.boot.devtools.restart.classloader.RestartClassLoader";

	static final List<String> REACTOR_NETTY = List.of("reactor.netty.http.server.HttpServer",
			"org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory");

	private final SpringApplication application;

	private final UserSettings settings;

	private final boolean roleTaken;

	private final Supplier<Platform> platform;

	Surroundings(SpringApplication application, UserSettings settings, boolean roleTaken, Supplier<Platform> platform) {
		this.application = application;
		this.settings = settings;
		this.roleTaken = roleTaken;
		this.platform = platform;
	}

	RoleInputs read() {
		EnumSet<Obstacle> found = obstacles();
		if (found.stream().anyMatch(Obstacle::isOfApplication)) {
			return inputs(ClaimOutcome.none(), found, "");
		}
		if (found.isEmpty() || ProcessClaim.isOfChild()) {
			EarlyLoading.await();
		}
		ClaimOutcome claim = ClaimOutcome.ofThisProcess();
		if (claim.kind() != ClaimOutcome.Kind.NONE) {
			return inputs(claim, Set.of(), "");
		}
		// Last and only if it matters, because asking loads the native library
		Optional<String> problem = found.isEmpty() ? platformProblem() : Optional.empty();
		addIf(problem.isPresent(), Obstacle.PLATFORM, found);
		return inputs(claim, found, problem.orElse(""));
	}

	private RoleInputs inputs(ClaimOutcome claim, Set<Obstacle> found, String platform) {
		return new RoleInputs(claim, this.settings.get("prefork.required", false), found, platform,
				ProcessClaim.isOfChild());
	}

	private Optional<String> platformProblem() {
		return this.platform.get().problem(this.settings.get("prefork.listener", ListenerMode.REUSEPORT));
	}

	private EnumSet<Obstacle> obstacles() {
		EnumSet<Obstacle> found = EnumSet.noneOf(Obstacle.class);
		addIf(webApplicationType() == WebApplicationType.NONE, Obstacle.NOT_A_WEB_APPLICATION, found);
		addIf(this.roleTaken, Obstacle.ROLE_TAKEN, found);
		addIf(!this.settings.get("prefork.enabled", true), Obstacle.DISABLED, found);
		addIf(Exclusion.isAskedFor(this.application, this.settings), Obstacle.EXCLUDED, found);
		addIf(this.settings.get("server.port", 0) < 0, Obstacle.NO_PORT, found);
		addIf(webApplicationType() == WebApplicationType.SERVLET, Obstacle.SERVLET, found);
		addIf(!hasReactorNetty(), Obstacle.NO_REACTOR_NETTY, found);
		addProcess(found);
		return found;
	}

	private void addProcess(EnumSet<Obstacle> found) {
		addIf(Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING), Obstacle.AOT_PROCESSING, found);
		addIf(isOnRefresh(DefaultLifecycleProcessor.EXIT_PROPERTY_NAME), Obstacle.TRAINING_RUN, found);
		addIf(isOnRefresh(DefaultLifecycleProcessor.CHECKPOINT_PROPERTY_NAME), Obstacle.CHECKPOINT, found);
		addIf(isInTests(), Obstacle.TESTS, found);
		addIf(isRestartedByDevTools(), Obstacle.DEV_TOOLS, found);
		addIf(NativeDetector.inNativeImage(), Obstacle.NATIVE_IMAGE, found);
	}

	private static void addIf(boolean applies, Obstacle obstacle, Set<Obstacle> found) {
		if (applies) {
			found.add(obstacle);
		}
	}

	private WebApplicationType webApplicationType() {
		// The property is bound to the application only later
		WebApplicationType type = this.application.getWebApplicationType();
		return this.settings.get("spring.main.web-application-type", (type != null) ? type : WebApplicationType.NONE);
	}

	private boolean hasReactorNetty() {
		// What the web server factory of prefork depends on
		return REACTOR_NETTY.stream().allMatch((name) -> ClassUtils.isPresent(name, this.application.getClassLoader()));
	}

	private boolean isInTests() {
		return !NativeDetector.inNativeImage() && this.settings.get("prefork.skip.in-tests", true)
				&& TestRun.isOnStack(this.application.getClassLoader(), Thread.currentThread().getStackTrace());
	}

	private static boolean isOnRefresh(String property) {
		return DefaultLifecycleProcessor.ON_REFRESH_VALUE.equalsIgnoreCase(SpringProperties.getProperty(property));
	}

	private static boolean isRestartedByDevTools() {
		ClassLoader loader = Thread.currentThread().getContextClassLoader();
		return loader != null && loader.getClass().getName().equals(RESTART_CLASS_LOADER);
	}

}
