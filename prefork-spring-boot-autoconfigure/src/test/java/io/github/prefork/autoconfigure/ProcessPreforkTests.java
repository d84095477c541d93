package io.github.prefork.autoconfigure;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.prefork.PreforkRole;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProcessPrefork}.
 */
class ProcessPreforkTests {

	@Test
	void leadsWhenThereIsNoChildIsTrueForAStandaloneProcessOnly() {
		assertThat(ProcessPrefork.leads(PreforkRole.STANDALONE, null).getAsBoolean()).isTrue();
		assertThat(ProcessPrefork.leads(PreforkRole.MASTER, null).getAsBoolean()).isFalse();
		assertThat(ProcessPrefork.leads(PreforkRole.CHILD, null).getAsBoolean()).isFalse();
	}

	@Test
	void leadsWhenASecondApplicationIsInAChildIsTheAnswerOfTheChild() {
		AtomicBoolean child = new AtomicBoolean();
		assertThat(ProcessPrefork.leads(PreforkRole.STANDALONE, child::get).getAsBoolean()).isFalse();
		child.set(true);
		assertThat(ProcessPrefork.leads(PreforkRole.STANDALONE, child::get).getAsBoolean()).isTrue();
	}

}
