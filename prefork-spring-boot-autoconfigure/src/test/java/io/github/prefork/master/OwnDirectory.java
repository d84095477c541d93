package io.github.prefork.master;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Gives each test a directory of its own for temporary files, since other fleets of this
 * machine have theirs in the common one, and checks that nothing of the test's is left
 * there when its own clean-up is done.
 */
final class OwnDirectory implements BeforeEachCallback, AfterEachCallback {

	private static final String PROPERTY = "java.io.tmpdir";

	private final String common = System.getProperty(PROPERTY);

	private @Nullable Path path;

	@Override
	public void beforeEach(ExtensionContext context) throws Exception {
		this.path = Files.createTempDirectory("own");
		System.setProperty(PROPERTY, this.path.toString());
	}

	@Override
	public void afterEach(ExtensionContext context) throws Exception {
		System.setProperty(PROPERTY, this.common);
		try {
			assertEmpty();
		}
		finally {
			FileSystemUtils.deleteRecursively(this.path);
		}
	}

	void assertEmpty() {
		assertThat(Objects.requireNonNull(this.path)).isEmptyDirectory();
	}

}
