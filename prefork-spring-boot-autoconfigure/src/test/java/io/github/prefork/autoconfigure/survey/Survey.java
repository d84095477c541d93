package io.github.prefork.autoconfigure.survey;

import java.util.List;
import java.util.function.Consumer;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ContextConsumer;

/**
 * Looks at an application with {@link FleetSurvey}. A finder that fails finds nothing,
 * and so fails the test.
 */
final class Survey {

	private Survey() {
	}

	static ContextConsumer<AssertableApplicationContext> look(Consumer<List<String>> assertions) {
		return (context) -> assertions
			.accept(withoutPorts(new FleetSurvey(context.getSourceApplicationContext()).look(4, (finder, ex) -> {
				throw new AssertionError(finder.getClass().getSimpleName() + " failed", ex);
			})));
	}

	// Those of other tests are open as well
	static List<String> withoutPorts(List<String> lines) {
		return lines.stream().filter((line) -> !line.startsWith("servers on other ports")).toList();
	}

}
