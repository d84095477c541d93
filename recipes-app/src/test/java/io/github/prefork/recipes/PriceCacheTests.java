package io.github.prefork.recipes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link PriceCache}.
 */
class PriceCacheTests {

	@RegisterExtension
	private final TestDatabase database = new TestDatabase();

	private final PriceCache cache = new PriceCache(new Prices(this.database.jdbc(), Duration.ofMillis(200)));

	@Test
	void centsOfWhenNotFilledFails() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.cache.centsOf("tea"));
	}

	// Accepting traffic is what makes a child ready
	@Test
	void cacheIsFilledBeforeTheApplicationAcceptsTraffic() {
		List<Integer> cents = new ArrayList<>();
		ApplicationListener<AvailabilityChangeEvent<ReadinessState>> listener = (event) -> {
			if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
				cents.add(this.cache.centsOf("tea"));
			}
		};
		ConfigurableApplicationContext context = new SpringApplicationBuilder(Nothing.class)
			.web(WebApplicationType.NONE)
			.initializers(
					(target) -> ((GenericApplicationContext) target).registerBean(PriceCache.class, () -> this.cache))
			.listeners(new Readiness(listener))
			.run();
		context.close();
		assertThat(cents).containsExactly(250);
	}

	/**
	 * No beans of its own.
	 */
	static class Nothing {

	}

	/**
	 * A listener whose type can be seen, as that of a lambda cannot.
	 *
	 * @param target is told
	 */
	record Readiness(ApplicationListener<AvailabilityChangeEvent<ReadinessState>> target)
			implements
				ApplicationListener<AvailabilityChangeEvent<ReadinessState>> {

		@Override
		public void onApplicationEvent(AvailabilityChangeEvent<ReadinessState> event) {
			this.target.onApplicationEvent(event);
		}

	}

}
