package io.github.prefork.scenario.faulty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Can't be created any more once there is a file of the name {@code broken} in the
 * working directory, nor in a version of the application that is {@code broken}.
 */
@Component
class BrokenBean {

	BrokenBean(VersionController version) {
		Assert.state(Files.notExists(Path.of("broken")) && !Objects.equals(version.version(), "broken"),
				"planned failure of a replacement");
	}

}
