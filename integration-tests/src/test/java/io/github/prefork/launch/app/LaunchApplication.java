package io.github.prefork.launch.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells how its JVM was launched: each value encoded, on a line of its own.
 */
@SpringBootApplication
@RestController
public class LaunchApplication {

	private static List<String> arguments = List.of();

	/**
	 * Run the application.
	 * @param args its arguments
	 * @throws IOException if the file of the property {@code launch.delete} is there and
	 * can't be deleted
	 */
	public static void main(String[] args) throws IOException {
		arguments = List.of(args);
		String file = System.getProperty("launch.delete");
		if (file != null) {
			Files.deleteIfExists(Path.of(file));
		}
		SpringApplication.run(LaunchApplication.class, args);
	}

	@GetMapping("/arguments")
	String arguments() {
		return lines(arguments);
	}

	@GetMapping("/options")
	String options() {
		return lines(ManagementFactory.getRuntimeMXBean().getInputArguments());
	}

	@GetMapping("/property")
	String property(@RequestParam String name) {
		return lines(List.of(Objects.toString(System.getProperty(name))));
	}

	@GetMapping("/variable")
	String variable(@RequestParam String name) {
		return lines(List.of(Objects.toString(System.getenv(name))));
	}

	private static String lines(List<String> values) {
		return values.stream()
			.map((value) -> URLEncoder.encode(value, StandardCharsets.UTF_8))
			.collect(Collectors.joining("\n"));
	}

}
