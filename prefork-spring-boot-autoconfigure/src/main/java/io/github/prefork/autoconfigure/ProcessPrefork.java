package io.github.prefork.autoconfigure;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.prefork.Fleet;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import io.github.prefork.master.MasterFleet;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * The fleet as this process sees it.
 *
 * @param role the role of this process
 * @param slot its slot
 * @param generation its generation
 * @param master gives the fleet of a master
 */
record ProcessPrefork(PreforkRole role, int slot, int generation, Supplier<MasterFleet> master) implements Prefork {

	static Prefork of(ConfigurableEnvironment environment, Supplier<MasterFleet> master) {
		return new ProcessPrefork(ProcessRole.of(environment), number(environment, RolePropertySource.SLOT),
				number(environment, RolePropertySource.GENERATION), master);
	}

	private static int number(ConfigurableEnvironment environment, String name) {
		// Not getProperty: a variable of the user's must not change it
		PropertySource<?> own = environment.getPropertySources().get(RolePropertySource.NAME);
		return (own != null && own.getProperty(name) instanceof Integer number) ? number : 0;
	}

	@Override
	public Fleet fleet() {
		return (this.role == PreforkRole.MASTER) ? this.master.get().fleet() : Fleet.EMPTY;
	}

	@Override
	public CompletionStage<RolloutResult> restart() {
		return fleetOfMaster().restart();
	}

	@Override
	public CompletionStage<RolloutResult> recycle(int slot) {
		return fleetOfMaster().recycle(slot);
	}

	@Override
	public CompletionStage<ScaleResult> scale(int children) {
		return fleetOfMaster().scale(children);
	}

	private MasterFleet fleetOfMaster() {
		if (this.role != PreforkRole.MASTER) {
			throw new PreforkException(
					"Only the master can change the fleet; the role of this process is " + this.role);
		}
		return this.master.get();
	}

}
