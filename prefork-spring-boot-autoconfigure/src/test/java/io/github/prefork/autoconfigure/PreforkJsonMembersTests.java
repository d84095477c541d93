package io.github.prefork.autoconfigure;

import io.github.prefork.PreforkRole;
import io.github.prefork.autoconfigure.role.Assignment;
import io.github.prefork.autoconfigure.role.Assignments;
import org.junit.jupiter.api.Test;

import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PreforkJsonMembers}.
 */
class PreforkJsonMembersTests {

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void customizeWhenChildTellsSlotAndGeneration() {
		assertThat(json(PreforkRole.CHILD)).isEqualTo("""
				{"message":"hello","prefork":{"role":"CHILD","slot":3,"generation":2}}""");
	}

	@Test
	void customizeWhenMasterTellsItsRole() {
		assertThat(json(PreforkRole.MASTER)).isEqualTo("""
				{"message":"hello","prefork":{"role":"MASTER"}}""");
	}

	@Test
	void customizeWhenStandaloneAddsNothing() {
		assertThat(json(PreforkRole.STANDALONE)).isEqualTo("{\"message\":\"hello\"}");
	}

	@Test
	void customizeWhenGelfNamesFieldsAsItWantsThem() {
		this.environment.setProperty("logging.structured.format.file", "gelf");
		assertThat(json(PreforkRole.CHILD)).isEqualTo("""
				{"message":"hello","_prefork_role":"CHILD","_prefork_slot":3,"_prefork_generation":2}""");
	}

	private String json(PreforkRole role) {
		Assignment assignment = Assignments.of(role);
		this.environment.getPropertySources()
			.addFirst(RolePropertySource.of(assignment, new UserSettings(this.environment)));
		return JsonWriter.<Object>of((members) -> {
			members.add("message", (text) -> text);
			registered().customize(members);
		}).writeToString("hello");
	}

	@SuppressWarnings("unchecked")
	private StructuredLoggingJsonMembersCustomizer<Object> registered() {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(StructuredLoggingJsonMembersCustomizer.class,
					ArgumentResolver.of(Environment.class, this.environment))
			.stream()
			.filter(PreforkJsonMembers.class::isInstance)
			.findFirst()
			.orElseThrow();
	}

}
