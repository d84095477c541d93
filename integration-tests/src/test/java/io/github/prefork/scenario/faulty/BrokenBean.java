package io.github.prefork.scenario.faulty;

import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Can't be created any more once there is a file of the name {@code broken} in the
 * working directory.
 */
@Component
class BrokenBean {

	BrokenBean() {
		Assert.state(Files.notExists(Path.of("broken")), "planned failure of a replacement");
	}

}
