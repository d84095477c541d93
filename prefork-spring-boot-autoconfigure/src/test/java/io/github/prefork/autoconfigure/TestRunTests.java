package io.github.prefork.autoconfigure;

import java.net.URL;
import java.net.URLClassLoader;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TestRun}.
 */
class TestRunTests {

	private static final ClassLoader CLASS_LOADER = TestRunTests.class.getClassLoader();

	@Test
	void isOnStackWhenCalledByTestIsTrue() {
		assertThat(TestRun.isOnStack(CLASS_LOADER, Thread.currentThread().getStackTrace())).isTrue();
	}

	@Test
	void isOnStackWhenCalledByMainIsFalse() {
		assertThat(TestRun.isOnStack(CLASS_LOADER, stack("com.example.Main"))).isFalse();
	}

	@Test
	void isOnStackWhenTestClassesAreAbsentIsFalse() throws Exception {
		try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
			assertThat(TestRun.isOnStack(empty, stack("org.springframework.boot.test.context.X"))).isFalse();
		}
	}

	private static StackTraceElement[] stack(String className) {
		return new StackTraceElement[] { new StackTraceElement(className, "main", "Main.java", 1) };
	}

}
