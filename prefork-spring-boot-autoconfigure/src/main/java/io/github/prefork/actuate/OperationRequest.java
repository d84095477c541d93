package io.github.prefork.actuate;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.prefork.FleetReport;
import io.github.prefork.Operation;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * What somebody asks the endpoint for, checked.
 *
 * @param operation the operation
 * @param longest how long to wait for its end
 */
record OperationRequest(Operation operation, Duration longest) {

	static final String RESTART = "restart";

	static final String SCALE = "scale";

	static final String RECYCLE = "recycle";

	static final Duration DEFAULT_WAIT = Duration.ofSeconds(30);

	static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

	private static final String CHILDREN = "children";

	private static final String SLOT = "slot";

	/**
	 * Read a request.
	 * @param name the name of the operation
	 * @param children the number of children
	 * @param slot the slot
	 * @param wait how long to wait
	 * @return the request, {@code null} if there is no operation of that name
	 * @throws InvalidRequestException if the request makes no sense
	 */
	static @Nullable OperationRequest read(String name, @Nullable String children, @Nullable String slot,
			@Nullable String wait) {
		Operation operation = switch (name) {
			case RESTART -> {
				reject(name, CHILDREN, children);
				reject(name, SLOT, slot);
				yield new Operation.Restart();
			}
			case SCALE -> {
				reject(name, SLOT, slot);
				yield new Operation.Scale(number(CHILDREN, children, 1));
			}
			case RECYCLE -> {
				reject(name, CHILDREN, children);
				yield new Operation.Recycle(number(SLOT, slot, 0));
			}
			default -> null;
		};
		return (operation != null) ? new OperationRequest(operation, wait(wait)) : null;
	}

	// Who gives a slot to a restart may not want all children to be replaced
	private static void reject(String operation, String parameter, @Nullable String value) {
		if (value != null) {
			throw new InvalidRequestException("'" + operation + "' takes no '" + parameter + "'");
		}
	}

	private static int number(String parameter, @Nullable String value, int least) {
		if (value == null) {
			throw new InvalidRequestException("'" + parameter + "' is missing");
		}
		try {
			int number = Integer.parseInt(value.strip());
			if (number >= least) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// The same is wrong with it
		}
		throw new InvalidRequestException(
				"'" + parameter + "' must be a whole number of at least " + least + ", not '" + value + "'");
	}

	private static Duration wait(@Nullable String value) {
		if (value == null) {
			return DEFAULT_WAIT;
		}
		try {
			Duration wait = DurationStyle.detect(value.strip()).parse(value.strip(), ChronoUnit.SECONDS);
			if (!wait.isNegative() && wait.compareTo(LONGEST_WAIT) <= 0) {
				return wait;
			}
		}
		catch (RuntimeException ex) {
			// The same is wrong with it
		}
		throw new InvalidRequestException(
				"'wait' must be a duration from 0s to " + LONGEST_WAIT.toMinutes() + "m, not '" + value + "'");
	}

	/**
	 * Compare the request with the fleet.
	 * @param fleet the fleet
	 * @throws InvalidRequestException if such a fleet can't do it
	 */
	void check(FleetReport fleet) {
		if (this.operation instanceof Operation.Scale scale && scale.children() > fleet.maxChildren()) {
			throw new InvalidRequestException("prefork.max-children=%d does not allow %d children"
				.formatted(fleet.maxChildren(), scale.children()));
		}
		if (this.operation instanceof Operation.Recycle recycle && fleet.desired() > 0
				&& recycle.slot() >= fleet.desired()) {
			throw new InvalidRequestException(
					"'slot' must be from 0 to " + (fleet.desired() - 1) + ", not " + recycle.slot());
		}
	}

	/**
	 * A request that makes no sense.
	 */
	static final class InvalidRequestException extends RuntimeException {

		InvalidRequestException(String message) {
			super(message);
		}

	}

}
