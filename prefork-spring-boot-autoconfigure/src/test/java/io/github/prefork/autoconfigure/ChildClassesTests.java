package io.github.prefork.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.prefork.channel.ChannelAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildClasses}.
 */
class ChildClassesTests {

	private final Recorder recorder = new Recorder();

	@BeforeEach
	void tell() {
		System.setProperty(ChannelAddress.LOAD_CLASSES_PROPERTY, "true");
	}

	@AfterEach
	void clear() {
		System.clearProperty(ChannelAddress.LOAD_CLASSES_PROPERTY);
	}

	@Test
	void beginLoadsAllOnADaemonThreadThatEnds() throws Exception {
		ChildClasses.begin(this.recorder);
		for (Thread thread : threads()) {
			assertThat(thread.isDaemon()).isTrue();
			thread.join(TimeUnit.SECONDS.toMillis(30));
		}
		assertThat(threads()).isEmpty();
		assertThat(this.recorder.names).containsExactlyElementsOf(ChildClasses.names());
	}

	@Test
	void beginWhenNotToldLoadsNothing() {
		System.clearProperty(ChannelAddress.LOAD_CLASSES_PROPERTY);
		ChildClasses.begin(this.recorder);
		assertThat(threads()).isEmpty();
		assertThat(this.recorder.names).isEmpty();
	}

	@Test
	void beginWhenClassesAreMissingOrBrokenTriesTheOthers() throws Exception {
		Recorder failing = new Recorder() {

			@Override
			protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
				super.loadClass(name, resolve);
				if (name.contains("netty")) {
					throw new NoClassDefFoundError(name);
				}
				throw new ClassNotFoundException(name);
			}

		};
		ChildClasses.begin(failing);
		for (Thread thread : threads()) {
			thread.join(TimeUnit.SECONDS.toMillis(30));
		}
		assertThat(failing.names).hasSameSizeAs(ChildClasses.names());
	}

	@Test
	void beginWhenTheJarIsClosedEndsQuietly() throws Exception {
		List<Throwable> uncaught = new CopyOnWriteArrayList<>();
		Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler((thread, ex) -> uncaught.add(ex));
		try {
			ChildClasses.begin(new ClassLoader() {

				@Override
				protected Class<?> loadClass(String name, boolean resolve) {
					throw new IllegalStateException("zip file closed");
				}

			});
			for (Thread thread : threads()) {
				thread.join(TimeUnit.SECONDS.toMillis(30));
			}
		}
		finally {
			Thread.setDefaultUncaughtExceptionHandler(before);
		}
		assertThat(uncaught).isEmpty();
	}

	@Test
	void namesAreOfLibrariesThatApplicationsHave() {
		List<String> names = ChildClasses.names();
		assertThat(names).hasSizeGreaterThan(1000)
			.doesNotHaveDuplicates()
			.contains("reactor.netty.http.server.HttpServer", "tools.jackson.databind.ObjectMapper")
			.noneMatch((name) -> name.startsWith("io.github.prefork"));
		List<String> unknown = new ArrayList<>(names);
		unknown.removeIf((name) -> ClassUtils.isPresent(name, getClass().getClassLoader()));
		assertThat(unknown.size()).as("unknown of %d: %s", names.size(), unknown).isLessThan(names.size() / 20);
	}

	private static List<Thread> threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals(ChildClasses.THREAD))
			.toList();
	}

	/**
	 * Takes note of what is to be loaded, and finds something for each.
	 */
	private static class Recorder extends ClassLoader {

		final List<String> names = new CopyOnWriteArrayList<>();

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			this.names.add(name);
			return Object.class;
		}

	}

}
