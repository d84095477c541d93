package io.github.prefork;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Build}.
 */
class BuildTests {

	private static final Instant MODIFIED = Instant.parse("2026-11-26T10:00:00.123Z");

	private static final Build JAR = new Build("1.2.0", null, "/srv/app.jar", MODIFIED, 24_536_678);

	@Test
	void toStringTellsWhatIsKnown() {
		assertThat(JAR).hasToString("1.2.0 (app.jar of 2026-11-26T10:00:00Z, 23.4 MB)");
		assertThat(JAR.with(null, MODIFIED))
			.hasToString("the build of 2026-11-26T10:00:00Z (app.jar of 2026-11-26T10:00:00Z, 23.4 MB)");
		assertThat(JAR.with(null, null)).hasToString("app.jar of 2026-11-26T10:00:00Z, 23.4 MB");
		assertThat(Build.UNKNOWN.with("1.2.0", null)).hasToString("1.2.0");
		assertThat(Build.UNKNOWN).hasToString("");
		assertThat(new Build(null, null, "app.jar", MODIFIED, 5427))
			.hasToString("app.jar of 2026-11-26T10:00:00Z, 5.3 KB");
	}

	@Test
	void isOfOtherFileLooksAtTheFileAlone() {
		assertThat(JAR.isOfOtherFile(JAR.with("1.3.0", MODIFIED))).isFalse();
		assertThat(JAR.isOfOtherFile(Build.UNKNOWN)).isFalse();
		assertThat(Build.UNKNOWN.isOfOtherFile(JAR)).isFalse();
		assertThat(JAR.isOfOtherFile(new Build("1.2.0", null, "/srv/other.jar", MODIFIED, 24_536_678))).isTrue();
		assertThat(JAR.isOfOtherFile(new Build("1.2.0", null, "/srv/app.jar", MODIFIED, 1))).isTrue();
		assertThat(JAR.isOfOtherFile(new Build("1.2.0", null, "/srv/app.jar", Instant.EPOCH, 24_536_678))).isTrue();
	}

}
