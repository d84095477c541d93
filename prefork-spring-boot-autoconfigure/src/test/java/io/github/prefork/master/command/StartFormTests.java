package io.github.prefork.master.command;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StartForm}.
 */
class StartFormTests {

	@Test
	void loadingClassesKeepsTheRest() {
		StartForm form = new StartForm(List.of("-Da=b"), List.of("-jar", "x.jar"));
		assertThat(form.loadsClasses()).isFalse();
		assertThat(form.loadingClasses()).isEqualTo(new StartForm(form.options(), form.target(), true));
	}

}
