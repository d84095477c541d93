package io.github.prefork.master.command;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartForm}.
 */
class StartFormTests {

	@Test
	void loadingClassesAddsAnOption() {
		assertThat(StartForm.PLAIN.loadingClasses())
			.isEqualTo(new StartForm(List.of("-Dio.github.prefork.load-classes=true"), List.of()));
	}

	@Test
	void loadingClassesLeavesWhatConcernsTheCacheAlone() {
		StartForm recording = new StartForm(List.of("-XX:DumpLoadedClassList=x"), List.of());
		StartForm cached = new StartForm(List.of(), List.of("-jar", "x.jar"));
		assertThat(recording.loadingClasses()).isSameAs(recording);
		assertThat(cached.loadingClasses()).isSameAs(cached);
	}

}
