package io.github.prefork.recipes;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The prices in the database, which take their time to be read.
 */
@Repository
class Prices {

	private final JdbcClient jdbc;

	private final Duration delay;

	Prices(JdbcClient jdbc, @Value("${recipes.slow-prices}") Duration delay) {
		this.jdbc = jdbc;
		this.delay = delay;
	}

	Map<String, Integer> all() throws InterruptedException {
		Thread.sleep(this.delay.toMillis());
		return this.jdbc.sql("select article, cents from price")
			.query((row, number) -> Map.entry(row.getString("article"), row.getInt("cents")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

}
