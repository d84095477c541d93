package io.github.prefork.process;

import java.lang.management.ManagementFactory;

import javax.management.ObjectName;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link NativeHeap}.
 */
class NativeHeapTests {

	@Test
	void trimNeverFails() {
		assertThatNoException().isThrownBy(NativeHeap::trim);
	}

	@Test
	void commandIsThereWhereItCanBe() throws Exception {
		assumeThat(Runtime.version().feature()).isGreaterThan(21);
		assertThat(ManagementFactory.getPlatformMBeanServer()
			.getMBeanInfo(new ObjectName(NativeHeap.COMMANDS))
			.getOperations()).anySatisfy((command) -> assertThat(command.getName()).isEqualTo(NativeHeap.TRIM));
	}

}
