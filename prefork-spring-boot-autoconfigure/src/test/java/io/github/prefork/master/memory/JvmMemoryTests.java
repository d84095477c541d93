package io.github.prefork.master.memory;

import java.util.ArrayList;
import java.util.List;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import com.sun.management.VMOption.Origin;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link JvmMemory}.
 */
class JvmMemoryTests {

	private final HotSpotDiagnosticMXBean jvm = mock(HotSpotDiagnosticMXBean.class);

	private final List<String> done = new ArrayList<>();

	@Test
	void giveBackKeepsLittleAndCollects() {
		options("false", Origin.DEFAULT);
		giveBack();
		assertThat(this.done).containsExactly("MinHeapFreeRatio=10", "MaxHeapFreeRatio=30", "collect");
	}

	@Test
	void giveBackWhenTheUserHasSaidHowMuchStaysFreeLeavesThat() {
		options("false", Origin.VM_CREATION);
		giveBack();
		assertThat(this.done).containsExactly("collect");
	}

	@Test
	void giveBackWhenCollectionsAreNotWantedDoesNothing() {
		options("true", Origin.DEFAULT);
		giveBack();
		assertThat(this.done).isEmpty();
	}

	@Test
	void giveBackWhenTheJvmIsAnotherDoesNothing() {
		given(this.jvm.getVMOption(any())).willThrow(IllegalArgumentException.class);
		giveBack();
		new JvmMemory(null, () -> this.done.add("collect")).giveBack();
		assertThat(this.done).isEmpty();
	}

	private void giveBack() {
		new JvmMemory(this.jvm, () -> this.done.add("collect")).giveBack();
	}

	private void options(String disableExplicitGc, Origin ratios) {
		given(this.jvm.getVMOption(any())).willReturn(new VMOption("ratio", "70", true, ratios));
		given(this.jvm.getVMOption("DisableExplicitGC"))
			.willReturn(new VMOption("DisableExplicitGC", disableExplicitGc, false, Origin.DEFAULT));
		willAnswer((call) -> this.done.add(call.getArgument(0) + "=" + call.getArgument(1))).given(this.jvm)
			.setVMOption(any(), any());
	}

}
