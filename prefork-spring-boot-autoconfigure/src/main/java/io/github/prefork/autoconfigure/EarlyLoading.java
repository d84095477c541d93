package io.github.prefork.autoconfigure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

import io.github.prefork.channel.MasterChannels;
import io.github.prefork.master.command.ChildCommandFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.ReactorNetty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.NativeDetector;
import org.springframework.util.ClassUtils;

/**
 * Loads what a role and an early launch need on a thread of its own, while the thread
 * that starts the application reads the configuration. Nothing depends on it: if it has
 * failed, or takes too long, whoever needs it loads it himself.
 */
final class EarlyLoading {

	static final String THREAD = "prefork-loading";

	private static final String ENABLED = "prefork.enabled";

	private static final String ARGUMENT = "--" + ENABLED + "=";

	/** What Spring takes for it. */
	private static final Set<String> FALSE = Set.of("false", "off", "no", "0");

	private static final long LONGEST_WAIT_MILLIS = 5000;

	private static volatile @Nullable Thread loading;

	private EarlyLoading() {
	}

	/**
	 * Begin to load, if it may be of use.
	 * @param application the application that starts
	 * @param arguments its arguments
	 */
	static void begin(SpringApplication application, String... arguments) {
		if (isUseful(application) && !isDisabled(arguments)) {
			ClassLoader loader = application.getClassLoader();
			Thread thread = new Thread(() -> load(loader), THREAD);
			thread.setDaemon(true);
			loading = thread;
			thread.start();
		}
	}

	/**
	 * Wait until all is loaded, if that has begun. Classes of Netty are not made for two
	 * threads that initialize them at the same time, in an order of their own each.
	 */
	static void await() {
		Thread thread = loading;
		if (thread != null) {
			loading = null;
			try {
				thread.join(LONGEST_WAIT_MILLIS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	static boolean isUseful(SpringApplication application) {
		return application.getWebApplicationType() == WebApplicationType.REACTIVE
				&& Runtime.getRuntime().availableProcessors() > 1 && !NativeDetector.inNativeImage()
				&& !Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)
				&& !TestRun.isOnStack(application.getClassLoader(), Thread.currentThread().getStackTrace());
	}

	// As far as that is known without configuration files
	static boolean isDisabled(String... arguments) {
		return Arrays.stream(arguments).anyMatch(EarlyLoading::disables)
				|| isFalse(System.getProperty(ENABLED, System.getenv("PREFORK_ENABLED")));
	}

	private static boolean disables(String argument) {
		return argument.startsWith(ARGUMENT) && isFalse(argument.substring(ARGUMENT.length()));
	}

	private static boolean isFalse(@Nullable String value) {
		return value != null && FALSE.contains(value.strip().toLowerCase(Locale.ROOT));
	}

	private static void load(ClassLoader loader) {
		if (Surroundings.REACTOR_NETTY.stream().allMatch((name) -> ClassUtils.isPresent(name, loader))) {
			quietly(EarlyLoading::loadTransport);
			quietly(ChildCommandFactory::load);
		}
	}

	private static void loadTransport() {
		// Who does without it may have a reason
		if (Boolean.parseBoolean(System.getProperty(ReactorNetty.NATIVE, "true"))) {
			MasterChannels.load();
		}
	}

	private static void quietly(Runnable step) {
		try {
			step.run();
		}
		catch (RuntimeException | LinkageError ex) {
			// Whoever needs it says so, and there may be no logging yet
		}
	}

}
