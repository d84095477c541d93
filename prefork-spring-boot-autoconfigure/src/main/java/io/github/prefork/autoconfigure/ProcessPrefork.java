package io.github.prefork.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

import io.github.prefork.Fleet;
import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import io.github.prefork.OperationReport;
import io.github.prefork.OperationResult;
import io.github.prefork.Prefork;
import io.github.prefork.PreforkException;
import io.github.prefork.PreforkRole;
import io.github.prefork.RolloutResult;
import io.github.prefork.ScaleResult;
import io.github.prefork.child.ClaimOutcome.Accepted;
import io.github.prefork.child.MasterRequests;
import io.github.prefork.child.ProcessClaim;
import io.github.prefork.master.MasterFleet;
import org.jspecify.annotations.Nullable;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * The fleet as this process sees it.
 *
 * @param role the role of this process
 * @param currentSlot gives its slot now
 * @param generation its generation
 * @param leads tells whether it leads now
 * @param master gives the fleet of a master
 * @param child gives what a child asks its master
 */
record ProcessPrefork(PreforkRole role, IntSupplier currentSlot, int generation, BooleanSupplier leads,
		Supplier<MasterFleet> master, Supplier<MasterRequests> child) implements Prefork {

	static Prefork of(ConfigurableEnvironment environment, Supplier<MasterFleet> master) {
		PreforkRole role = RolePropertySource.roleOf(environment);
		return new ProcessPrefork(role, slot(role, number(environment, RolePropertySource.SLOT)),
				number(environment, RolePropertySource.GENERATION), leads(role, leadsAsChild(role)), master,
				ProcessPrefork::requests);
	}

	static IntSupplier slot(PreforkRole role, int atLaunch) {
		boolean standby = role == PreforkRole.CHILD && atLaunch < 0;
		return (standby && ProcessClaim.outcome() instanceof Accepted accepted) ? accepted.link()::slot
				: () -> atLaunch;
	}

	/**
	 * Tell who leads.
	 * @param role the role of an application
	 * @param child tells whether the child leads in whose JVM it is, {@code null} if it
	 * is in none
	 * @return tells whether the application leads
	 */
	static BooleanSupplier leads(PreforkRole role, @Nullable BooleanSupplier child) {
		// A second application in the JVM of a child is there as often as children are
		return (child != null) ? child : () -> role == PreforkRole.STANDALONE;
	}

	private static @Nullable BooleanSupplier leadsAsChild(PreforkRole role) {
		boolean ofChild = role == PreforkRole.CHILD || ProcessClaim.isOfChild();
		return (ofChild && ProcessClaim.outcome() instanceof Accepted accepted) ? accepted.link()::leader : null;
	}

	@Override
	public boolean isLeader() {
		return this.leads.getAsBoolean();
	}

	@Override
	public int slot() {
		return this.currentSlot.getAsInt();
	}

	private static int number(ConfigurableEnvironment environment, String name) {
		// Not getProperty: a variable of the user's must not change it
		PropertySource<?> own = environment.getPropertySources().get(RolePropertySource.NAME);
		return (own != null && own.getProperty(name) instanceof Integer number) ? number : 0;
	}

	private static MasterRequests requests() {
		if (ProcessClaim.outcome() instanceof Accepted accepted) {
			return accepted.link().requests();
		}
		throw new PreforkException("This process has no master");
	}

	@Override
	public CompletionStage<RolloutResult> restart() {
		return switch (this.role) {
			case MASTER -> this.master.get().operations().restart();
			case CHILD -> forward(new Operation.Restart(), RolloutResult.class);
			case STANDALONE -> throw noFleet();
		};
	}

	@Override
	public CompletionStage<RolloutResult> recycle(int slot) {
		return switch (this.role) {
			case MASTER -> this.master.get().operations().recycle(slot);
			case CHILD -> forward(new Operation.Recycle(slot), RolloutResult.class);
			case STANDALONE -> throw noFleet();
		};
	}

	@Override
	public CompletionStage<ScaleResult> scale(int children) {
		return switch (this.role) {
			case MASTER -> this.master.get().operations().scale(children);
			case CHILD -> forward(new Operation.Scale(children), ScaleResult.class);
			case STANDALONE -> throw noFleet();
		};
	}

	private <R extends OperationResult> CompletionStage<R> forward(Operation operation, Class<R> type) {
		return this.child.get().operate(operation, null).thenApply((report) -> {
			OperationResult result = report.result();
			if (result == null) {
				throw new PreforkException("This child leaves before the end of operation " + report.id()
						+ ", which the master goes on with");
			}
			return type.cast(result);
		});
	}

	@Override
	public CompletionStage<OperationReport> operate(Operation operation, Duration wait) {
		return switch (this.role) {
			case MASTER -> this.master.get().operations().operate(operation, wait);
			case CHILD -> this.child.get().operate(operation, wait);
			case STANDALONE -> throw noFleet();
		};
	}

	@Override
	public Fleet fleet() {
		return (this.role == PreforkRole.MASTER) ? this.master.get().fleet() : Fleet.EMPTY;
	}

	@Override
	public CompletionStage<FleetReport> report() {
		return switch (this.role) {
			case MASTER -> CompletableFuture.completedFuture(this.master.get().report());
			case CHILD -> this.child.get().report();
			case STANDALONE -> CompletableFuture.completedFuture(FleetReport.EMPTY);
		};
	}

	private PreforkException noFleet() {
		return new PreforkException("There is no fleet to change: the role of this process is " + this.role);
	}

}
