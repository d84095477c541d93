package io.github.prefork.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LabelledFile}.
 */
class LabelledFileTests {

	@ParameterizedTest
	@CsvSource({ "app.log, app-1.log", "logs/app.log, logs/app-1.log", "app, app-1", "logs.d/app, logs.d/app-1",
			"/var/log/.hidden, /var/log/.hidden-1", "app.json.log, app.json-1.log", "c:\\a.b\\app, c:\\a.b\\app-1" })
	void ofInsertsLabelBeforeExtension(String path, String expected) {
		assertThat(LabelledFile.of(path, "1")).isEqualTo(expected);
	}

}
