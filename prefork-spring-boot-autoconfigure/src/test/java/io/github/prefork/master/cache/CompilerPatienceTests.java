package io.github.prefork.master.cache;

import java.lang.management.ManagementFactory;
import java.util.List;

import com.sun.management.HotSpotDiagnosticMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CompilerPatience}.
 */
class CompilerPatienceTests {

	@ParameterizedTest
	@ValueSource(ints = { 17, 21, 25 })
	void optionsMakeTheLastCompilerWait(int release) {
		List<String> options = CompilerPatience.options(release);
		assertThat(options).hasSize(5);
		HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
		options.forEach((option) -> {
			String[] parts = option.substring("-XX:".length()).split("=");
			int standard = Integer.parseInt(jvm.getVMOption(parts[0]).getValue());
			if (parts[0].startsWith("Tier4")) {
				assertThat(Integer.parseInt(parts[1])).as(parts[0]).isEqualTo(3 * standard);
			}
			else {
				assertThat(Integer.parseInt(parts[1])).as(parts[0]).isLessThan(standard);
			}
		});
	}

	@Test
	void optionsOfAnUnknownReleaseAreNone() {
		assertThat(CompilerPatience.options(26)).isEmpty();
	}

}
