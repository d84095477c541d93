package io.github.prefork.master.cache;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClassList}.
 */
class ClassListTests {

	@Test
	void ofHierarchyTakesWhatCanBeLoadedByName() {
		assertThat(ClassList.ofHierarchy("""
				java.lang.Object/null
				|--ch.qos.logback.classic.PatternLayout$$Lambda$357/0x00007f35c918f3c0/0x00007f3620168130
				|  implements java.util.function.Supplier/null (declared intf)
				|--jdk.internal.access.JavaSecurityPropertiesAccess/null (intf)
				|--org.example.Base/0x00007f35c918f3c0
				|  |--org.example.Derived$Inner/0x00007f35c918f3c0
				|  |  implements org.example.Side/0x00007f35c918f3c0 (inherited intf)
				|--org.example.Base/0x00007f35c918ffff
				|--jdk.proxy2.$Proxy19/0x00007f35c918f3c0
				|--jdk.internal.reflect.GeneratedConstructorAccessor21/0x00007f35c918f3c0
				""")).containsExactly("java/lang/Object", "jdk/internal/access/JavaSecurityPropertiesAccess",
				"org/example/Base", "org/example/Derived$Inner");
	}

	@Test
	void unionHasEachOnce() {
		assertThat(ClassList.union(List.of("a", "b"), List.of("b", "@lambda-proxy a"))).containsExactly("a", "b",
				"@lambda-proxy a");
	}

}
