package io.github.prefork.autoconfigure;

import java.util.Arrays;
import java.util.List;

import org.springframework.util.ClassUtils;

/**
 * Recognizes an application that a test starts, as Spring Boot's own modules do: by what
 * is on the stack of the thread that runs it.
 */
final class TestRun {

	private static final List<String> TEST_CLASSES = List.of("org.junit.jupiter.api.Test", "org.junit.Test");

	private static final List<String> PREFIXES = List.of("org.junit.runners.", "org.junit.platform.",
			"org.springframework.boot.test.", "org.springframework.boot.SpringApplicationAotProcessor",
			"cucumber.runtime.", "io.cucumber.core.");

	private TestRun() {
	}

	static boolean isOnStack(ClassLoader classLoader, StackTraceElement[] stack) {
		// Who has no test classes does not pay for the search
		return TEST_CLASSES.stream().anyMatch((name) -> ClassUtils.isPresent(name, classLoader))
				&& Arrays.stream(stack).anyMatch(TestRun::isOfTest);
	}

	private static boolean isOfTest(StackTraceElement element) {
		return PREFIXES.stream().anyMatch((prefix) -> element.getClassName().startsWith(prefix));
	}

}
