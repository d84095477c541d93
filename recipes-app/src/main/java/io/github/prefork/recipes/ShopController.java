package io.github.prefork.recipes;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * What a client sees of the application.
 */
@RestController
class ShopController {

	private final Visits visits;

	private final PriceCache prices;

	ShopController(Visits visits, PriceCache prices) {
		this.visits = visits;
		this.prices = prices;
	}

	@PostMapping("/visits")
	Mono<Long> visit() {
		return Mono.fromCallable(this.visits::add).subscribeOn(Schedulers.boundedElastic());
	}

	@GetMapping("/prices/{article}")
	int price(@PathVariable String article) {
		return this.prices.centsOf(article);
	}

}
