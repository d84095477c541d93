package io.github.prefork.launch.app;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.prefork.ChildLauncher;
import org.jspecify.annotations.NullUnmarked;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Launchers, good and bad ones, that {@code launcher} chooses among.
 */
@Configuration(proxyBeanMethods = false)
class Launchers {

	@Bean
	@ConditionalOnProperty(name = "launcher", havingValue = "nice")
	ChildLauncher niceLauncher() {
		return (command) -> {
			List<String> wrapped = new ArrayList<>(List.of("nice", "-n", "5", "sh", "-c", "exec \"$@\"", "sh"));
			wrapped.addAll(command.command());
			Map<String, String> environment = new HashMap<>(command.environment());
			environment.put("LAUNCHED_IN", String.valueOf(command.slot()));
			environment.remove("LAUNCH_SECRET");
			return start(wrapped, environment);
		};
	}

	@Bean
	@ConditionalOnProperty(name = "launcher", havingValue = "bare")
	ChildLauncher bareLauncher() {
		// What the child needs to know is in the environment
		return (command) -> start(command.command(), Map.of());
	}

	@Bean
	@ConditionalOnProperty(name = "launcher", havingValue = "null")
	@NullUnmarked
	ChildLauncher nullLauncher() {
		return (command) -> null;
	}

	@Bean
	@ConditionalOnProperty(name = "launcher", havingValue = "background")
	ChildLauncher backgroundLauncher() {
		return (command) -> {
			List<String> wrapped = new ArrayList<>(List.of("sh", "-c", "\"$@\" & exit 0", "sh"));
			wrapped.addAll(command.command());
			return start(wrapped, command.environment());
		};
	}

	private static Process start(List<String> command, Map<String, String> environment) throws IOException {
		ProcessBuilder builder = new ProcessBuilder(command).inheritIO().redirectInput(new File("/dev/null"));
		builder.environment().clear();
		builder.environment().putAll(environment);
		return builder.start();
	}

}
