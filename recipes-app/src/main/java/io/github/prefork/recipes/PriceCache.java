package io.github.prefork.recipes;

import java.util.Map;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.PreforkRole;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/**
 * A cache that each child fills before it gets its first request.
 */
@Component
@ConditionalOnPreforkRole({ PreforkRole.CHILD, PreforkRole.STANDALONE })
class PriceCache implements ApplicationRunner {

	private final Prices prices;

	private volatile Map<String, Integer> cents = Map.of();

	PriceCache(Prices prices) {
		this.prices = prices;
	}

	@Override
	public void run(ApplicationArguments args) throws InterruptedException {
		this.cents = this.prices.all();
	}

	int centsOf(String article) {
		Integer price = this.cents.get(article);
		if (price == null) {
			throw new IllegalArgumentException("No price of " + article);
		}
		return price;
	}

}
