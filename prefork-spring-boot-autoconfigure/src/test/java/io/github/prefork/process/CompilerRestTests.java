package io.github.prefork.process;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CompilerRest}.
 */
class CompilerRestTests {

	private long compileMillis;

	private int returns;

	private final CompilerRest rest = new CompilerRest(() -> this.compileMillis, () -> this.returns++);

	@Test
	void lookGivesBackOnceWhenMuchIsDone() {
		assertThat(returnsAfterWorkOf(3000)).isZero();
		assertThat(returnsAfterWorkOf(100)).isEqualTo(1);
		assertThat(returnsAfterWorkOf(0)).isEqualTo(1);
	}

	@Test
	void lookWaitsUntilTheCompilersRest() {
		assertThat(returnsAfterWorkOf(3000)).isZero();
		assertThat(returnsAfterWorkOf(501)).isZero();
		assertThat(returnsAfterWorkOf(2000)).isZero();
		assertThat(returnsAfterWorkOf(500)).isEqualTo(1);
	}

	@Test
	void lookWhenLittleWasDoneGivesNothingBackUntilItSumsUp() {
		returnsAfterWorkOf(3000);
		assertThat(returnsAfterWorkOf(0)).isEqualTo(1);
		assertThat(returnsAfterWorkOf(249)).isEqualTo(1);
		assertThat(returnsAfterWorkOf(250)).isEqualTo(1);
		assertThat(returnsAfterWorkOf(1)).isEqualTo(2);
	}

	@Test
	void lookWhenNothingIsKnownGivesNothingBack() {
		assertThat(returnsAfterWorkOf(0)).isZero();
	}

	@Test
	void ofThisJvmCanBeLookedAt() {
		CompilerRest.ofThisJvm(() -> this.returns++).look();
	}

	private int returnsAfterWorkOf(long millis) {
		this.compileMillis += millis;
		this.rest.look();
		return this.returns;
	}

}
