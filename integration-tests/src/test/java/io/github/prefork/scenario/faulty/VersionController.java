package io.github.prefork.scenario.faulty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.springframework.core.io.ClassPathResource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells the version of the application, which stands in its jar in the file
 * {@code version.txt}.
 */
@RestController
class VersionController {

	private final String version;

	VersionController() throws IOException {
		ClassPathResource file = new ClassPathResource("version.txt");
		this.version = (file.exists()) ? file.getContentAsString(StandardCharsets.UTF_8) : "none";
	}

	@GetMapping("/version")
	String version() {
		return this.version;
	}

}
