package io.github.prefork.autoconfigure;

import java.util.function.Supplier;

import io.github.prefork.Fleet;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkRole;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * The fleet as this process sees it.
 *
 * @param role the role of this process
 * @param slot its slot
 * @param generation its generation
 * @param source gives the fleet as it is now
 */
record ProcessPrefork(PreforkRole role, int slot, int generation, Supplier<Fleet> source) implements Prefork {

	static Prefork of(ConfigurableEnvironment environment, Supplier<Fleet> source) {
		return new ProcessPrefork(ProcessRole.of(environment), number(environment, RolePropertySource.SLOT),
				number(environment, RolePropertySource.GENERATION), source);
	}

	private static int number(ConfigurableEnvironment environment, String name) {
		// Not getProperty: a variable of the user's must not change it
		PropertySource<?> own = environment.getPropertySources().get(RolePropertySource.NAME);
		return (own != null && own.getProperty(name) instanceof Integer number) ? number : 0;
	}

	@Override
	public Fleet fleet() {
		return this.source.get();
	}

}
