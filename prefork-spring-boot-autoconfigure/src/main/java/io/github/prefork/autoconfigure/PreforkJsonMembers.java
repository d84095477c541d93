package io.github.prefork.autoconfigure;

import java.util.function.IntSupplier;

import io.github.prefork.PreforkRole;

import org.springframework.boot.json.JsonWriter.Members;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;
import org.springframework.core.env.Environment;

/**
 * Tells in structured logs which process of a fleet has written an event: the members
 * {@code role}, {@code slot} and {@code generation} of {@code prefork}. In the format
 * GELF, which knows no nested members, they are {@code _prefork_role} and so on.
 */
final class PreforkJsonMembers implements StructuredLoggingJsonMembersCustomizer<Object> {

	private static final String NAME = "prefork";

	private final Environment environment;

	PreforkJsonMembers(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void customize(Members<Object> members) {
		PreforkRole role = this.environment.getProperty(RolePropertySource.ROLE, PreforkRole.class,
				PreforkRole.STANDALONE);
		if (role == PreforkRole.STANDALONE) {
			return;
		}
		if (isFlat("console") || isFlat("file")) {
			add(members, "_" + NAME + "_", role);
		}
		else {
			members.add(NAME).usingMembers((nested) -> add(nested, "", role));
		}
	}

	private boolean isFlat(String target) {
		return "gelf".equalsIgnoreCase(this.environment.getProperty("logging.structured.format." + target));
	}

	private void add(Members<Object> members, String prefix, PreforkRole role) {
		members.add(prefix + "role", role.name());
		if (role == PreforkRole.CHILD) {
			IntSupplier slot = ProcessPrefork.slot(role,
					this.environment.getProperty(RolePropertySource.SLOT, Integer.class, 0));
			members.add(prefix + "slot", slot::getAsInt);
			members.add(prefix + "generation",
					this.environment.getProperty(RolePropertySource.GENERATION, Integer.class, 0));
		}
	}

}
