package io.github.prefork.child;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.prefork.channel.ChildProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import org.springframework.asm.ClassWriter;
import org.springframework.asm.Opcodes;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChildClasses}.
 */
class ChildClassesTests {

	private final Recorder recorder = new Recorder();

	@BeforeEach
	void tell() {
		System.setProperty(ChildProperties.LOAD_CLASSES, "true");
	}

	@AfterEach
	void clear() {
		System.clearProperty(ChildProperties.LOAD_CLASSES);
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
		System.clearProperty(ChildProperties.LOAD_CLASSES);
		ChildClasses.begin(this.recorder);
		assertThat(threads()).isEmpty();
		assertThat(this.recorder.names).isEmpty();
	}

	@Test
	void beginWhenRepeatedLoadsOnce() throws Exception {
		beginLoadsAllOnADaemonThreadThatEnds();
		ChildClasses.begin(this.recorder);
		assertThat(threads()).isEmpty();
		assertThat(this.recorder.names).hasSameSizeAs(ChildClasses.names());
	}

	@ParameterizedTest
	@FieldSource("io.github.prefork.child.ChildClasses#INSTRUMENTATION")
	void beginWhenClassesMayBeInstrumentedLoadsNothing(String agent) {
		ChildClasses.begin(new Recorder() {

			@Override
			protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
				return name.equals(agent) ? define(name) : super.loadClass(name, resolve);
			}

		});
		assertThat(threads()).isEmpty();
		assertThat(System.getProperty(ChildProperties.LOAD_CLASSES)).isNull();
	}

	@Test
	void beginWhenClassesAreMissingOrBrokenTriesTheOthers() throws Exception {
		Recorder failing = new Recorder() {

			@Override
			protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
				if (name.contains("netty")) {
					this.names.add(name);
					throw new NoClassDefFoundError(name);
				}
				return super.loadClass(name, resolve);
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
				protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
					if (ChildClasses.INSTRUMENTATION.contains(name)) {
						throw new ClassNotFoundException(name);
					}
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
	 * Takes note of what is to be loaded, and has none of it.
	 */
	private static class Recorder extends ClassLoader {

		final List<String> names = new CopyOnWriteArrayList<>();

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (name.startsWith("java.")) {
				return super.loadClass(name, resolve);
			}
			if (ChildClasses.INSTRUMENTATION.contains(name)) {
				throw new ClassNotFoundException(name);
			}
			this.names.add(name);
			throw new ClassNotFoundException(name);
		}

		Class<?> define(String name) {
			ClassWriter writer = new ClassWriter(0);
			writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, name.replace('.', '/'), null, "java/lang/Object", null);
			byte[] bytes = writer.toByteArray();
			return defineClass(name, bytes, 0, bytes.length);
		}

	}

}
