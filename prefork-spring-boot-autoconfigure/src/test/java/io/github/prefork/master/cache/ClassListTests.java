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
	void madeAtRunTimeTakesCompleteLinesThatTheJvmCanRead() {
		String proxy = "@lambda-proxy org/example/Base run (Lorg/example/Base;)Ljava/lang/Runnable; ()V REF_invokeStatic";
		String invoker = "@lambda-form-invoker [LF_RESOLVE] java.lang.invoke.DirectMethodHandle$Holder invokeStatic LL_V";
		assertThat(ClassList.madeAtRunTime("""
				java/lang/Object id: 0
				%s
				%s
				# @lambda-proxy a b
				@lambda-proxy a %s
				@lambda-proxy caf\u00e9/Menu run
				@something else
				%s
				@lambda-proxy org/exam""".formatted(proxy, invoker, "b".repeat(5000), proxy))).containsExactly(proxy,
				invoker);
		assertThat(ClassList.madeAtRunTime("@lambda-pro")).isEmpty();
	}

	@Test
	void ofListTakesWhatTheJvmCanRead() {
		String proxy = "@lambda-proxy org/example/Base run ()Ljava/lang/Runnable; ()V REF_invokeStatic";
		assertThat(ClassList.ofList("""
				# A comment
				java/lang/Object id: 0
				org/example/Base id: 17
				org/example/Base id: 18
				org/example/Other
				org/example/%s id: 19
				org/example/Loaded id: 20 super: 0 interfaces: 0 source: file:/lib/one.jar
				org/example/caf\u00e9 id: 21
				jdk/proxy2/$Proxy19 id: 22
				jdk/internal/reflect/GeneratedConstructorAccessor21 id: 23
				%s
				@lambda-proxy a %s
				@cp org/example/Base 1 2
				""".formatted("b".repeat(5000), proxy, "b".repeat(5000)))).containsExactly("java/lang/Object",
				"org/example/Base", "org/example/Other", proxy);
	}

	@Test
	void unionHasEachOnce() {
		assertThat(ClassList.union(List.of("a", "b"), List.of("b", "@lambda-proxy a"))).containsExactly("a", "b",
				"@lambda-proxy a");
	}

}
