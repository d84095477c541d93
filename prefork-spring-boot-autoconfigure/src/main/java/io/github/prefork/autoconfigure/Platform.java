package io.github.prefork.autoconfigure;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.prefork.master.listener.ListenerMode;
import io.netty.channel.epoll.Epoll;
import reactor.netty.ReactorNetty;

import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * What this machine and JVM offer for sharing a port.
 *
 * @param system the name of the operating system
 * @param linux whether it is Linux
 * @param musl whether the C library is musl
 * @param epollProblem why the web server does not run on Netty's native epoll transport,
 * empty if it does
 * @param reusePort whether the JDK's own sockets have SO_REUSEPORT
 */
record Platform(String system, boolean linux, boolean musl, String epollProblem, boolean reusePort) {

	private static final Path MAPPED_FILES = Path.of("/proc/self/maps");

	private static final String IO_URING = "io.netty.channel.uring.IoUring";

	/**
	 * Look at this process. Loads the native transport.
	 * @return what there is
	 */
	static Platform current() {
		String system = System.getProperty("os.name", "an unknown system");
		boolean linux = system.startsWith("Linux");
		String problem = linux ? findEpollProblem() : "it needs Linux";
		boolean asked = linux && !problem.isEmpty();
		return new Platform(system, linux, asked && isMusl(), problem, asked && hasReusePort());
	}

	private static String findEpollProblem() {
		if (!Boolean.parseBoolean(System.getProperty(ReactorNetty.NATIVE, "true"))) {
			return ReactorNetty.NATIVE + "=false";
		}
		if (!Epoll.isAvailable()) {
			return hint(rootMessage(Epoll.unavailabilityCause()), isLibraryThere());
		}
		return isIoUringPreferred() ? "Reactor Netty prefers io_uring, which is on the class path" : "";
	}

	static String hint(String message, boolean libraryIsThere) {
		return message + (libraryIsThere
				? "; the library must be copied to the temporary directory and run from there, "
						+ "-Dio.netty.native.workdir=... names another directory"
				: "; netty-transport-native-epoll for this processor is not on the class path");
	}

	private static boolean isLibraryThere() {
		String processor = System.getProperty("os.arch", "").equals("aarch64") ? "aarch_64" : "x86_64";
		return Platform.class.getClassLoader()
			.getResource("META-INF/native/libnetty_transport_native_epoll_" + processor + ".so") != null;
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
	}

	private static boolean isIoUringPreferred() {
		ClassLoader classLoader = Platform.class.getClassLoader();
		if (!ClassUtils.isPresent(IO_URING, classLoader)) {
			return false;
		}
		Class<?> type = ClassUtils.resolveClassName(IO_URING, classLoader);
		return Optional.ofNullable(ReflectionUtils.findMethod(type, "isAvailable"))
			.map((method) -> ReflectionUtils.invokeMethod(method, null))
			.filter(Boolean.TRUE::equals)
			.isPresent();
	}

	private static boolean isMusl() {
		try (Stream<String> files = Files.lines(MAPPED_FILES)) {
			return files.anyMatch((line) -> line.contains("/ld-musl-"));
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean hasReusePort() {
		try (ServerSocketChannel socket = ServerSocketChannel.open()) {
			return socket.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Return why children can't share a port here.
	 * @param wanted the mode that the user wants
	 * @return what is missing and what to do, empty if nothing is
	 */
	Optional<String> problem(ListenerMode wanted) {
		if (!this.linux) {
			return Optional.of("it needs Linux, for ports that processes share and sockets that are passed to "
					+ "children, and this is " + this.system);
		}
		if (this.epollProblem.isEmpty()) {
			return Optional.empty();
		}
		if (!this.reusePort) {
			return Optional.of("listeners can be neither passed to children (no native epoll transport: "
					+ this.epollProblem + ") nor shared (no SO_REUSEPORT)");
		}
		if (this.musl && wanted != ListenerMode.CHILD_BOUND) {
			return Optional.of("the native epoll transport can't be used with the C library musl (" + this.epollProblem
					+ "). Use an image with glibc, or set prefork.listener=child-bound");
		}
		return Optional.empty();
	}

	/**
	 * Return the mode that works here.
	 * @param wanted the mode that the user wants
	 * @return that one, or the one that needs no native transport
	 */
	ListenerMode mode(ListenerMode wanted) {
		return this.epollProblem.isEmpty() ? wanted : ListenerMode.CHILD_BOUND;
	}

	/**
	 * Return what there is to say if the mode is another one than the user wants.
	 * @param wanted the mode that the user wants
	 * @return the difference and its reason, empty if there is none
	 */
	Optional<String> difference(ListenerMode wanted) {
		ListenerMode mode = mode(wanted);
		return (mode == wanted) ? Optional.empty()
				: Optional.of(("prefork.listener=%s is not possible without the native epoll transport (%s). With %s "
						+ "each child binds a socket of its own: connections that wait in its queue are lost with it, "
						+ "and its siblings can't help it")
					.formatted(wanted, this.epollProblem, mode));
	}

}
