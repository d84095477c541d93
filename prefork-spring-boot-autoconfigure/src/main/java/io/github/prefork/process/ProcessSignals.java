package io.github.prefork.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The signals of this process. Goes through reflection because {@code sun.misc.Signal}
 * does not compile without a warning and is not there in every JVM. Safe for use by
 * several threads; a later call for the same signal replaces an earlier one.
 */
public final class ProcessSignals {

	/**
	 * The JVM leaves these alone if they were ignored when it was started, as under
	 * {@code nohup}, and says so with the handler that it returns.
	 */
	private static final Set<String> LEFT_ALONE_IF_IGNORED = Set.of("HUP", "INT", "TERM");

	private ProcessSignals() {
	}

	/**
	 * Ignore a signal.
	 * @param name the name of the signal without {@code SIG}
	 * @return whether the signal is ignored now
	 */
	public static boolean ignore(String name) {
		return install(name, null);
	}

	/**
	 * Handle a signal.
	 * @param name the name of the signal without {@code SIG}
	 * @param action what to do, called on a fresh thread for each signal
	 * @return whether the action is installed; not if the JVM or the platform does not
	 * give the signal away, or if the process was started with the signal ignored
	 */
	public static boolean handle(String name, Runnable action) {
		return install(name, action);
	}

	/**
	 * Handle a signal for a while.
	 * @param name the name of the signal without {@code SIG}
	 * @param action what to do, called on a fresh thread for each signal
	 * @return what gives the signal back to whoever had it before, {@code null} if the
	 * JVM or the platform does not give it away
	 */
	public static @Nullable Runnable borrow(String name, Runnable action) {
		try {
			Object previous = exchange(name, proxy(handlerType(), action));
			return () -> giveBack(name, previous);
		}
		catch (InvocationTargetException ex) {
			failed(name, ex.getTargetException());
		}
		catch (ReflectiveOperationException | LinkageError | RuntimeException ex) {
			failed(name, ex);
		}
		return null;
	}

	private static void giveBack(String name, Object previous) {
		try {
			exchange(name, previous);
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			failed(name, ex);
		}
	}

	private static Object exchange(String name, Object handler) throws ReflectiveOperationException {
		Class<?> signal = Class.forName("sun.misc.Signal");
		return signal.getMethod("handle", signal, handlerType())
			.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
	}

	private static Class<?> handlerType() throws ClassNotFoundException {
		return Class.forName("sun.misc.SignalHandler");
	}

	private static boolean install(String name, @Nullable Runnable action) {
		try {
			Class<?> handler = handlerType();
			Object ignoring = handler.getField("SIG_IGN").get(null);
			Object previous = exchange(name, (action != null) ? proxy(handler, action) : ignoring);
			return action == null || previous != ignoring || !LEFT_ALONE_IF_IGNORED.contains(name);
		}
		catch (InvocationTargetException ex) {
			return failed(name, ex.getTargetException());
		}
		catch (ReflectiveOperationException | LinkageError | RuntimeException ex) {
			return failed(name, ex);
		}
	}

	private static boolean failed(String name, Throwable cause) {
		LogFactory.getLog(ProcessSignals.class).debug("This JVM does not give away the signal " + name, cause);
		return false;
	}

	private static Object proxy(Class<?> handler, Runnable action) {
		return Proxy.newProxyInstance(ProcessSignals.class.getClassLoader(), new Class<?>[] { handler },
				(proxy, method, arguments) -> invoke(proxy, method, arguments, action));
	}

	private static @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments,
			Runnable action) {
		switch (method.getName()) {
			case "equals":
				return arguments != null && proxy == arguments[0];
			case "hashCode":
				return System.identityHashCode(proxy);
			case "toString":
				return action.toString();
			default:
				action.run();
				return null;
		}
	}

}
