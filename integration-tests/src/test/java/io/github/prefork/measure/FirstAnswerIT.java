package io.github.prefork.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time from {@code java -jar} to the first answer: a fleet of two against the same
 * application alone, in turns.
 */
@Tag(Measurement.TAG)
class FirstAnswerIT {

	private static final String FLEET = "--prefork.children=2";

	private static final String NO_CACHE = "--prefork.startup-cache=off";

	private static final String NO_EARLY_LAUNCH = "--prefork.master.early-launch=false";

	@TempDir
	private Path directory;

	private final Variant alone = new Variant("alone", Cache.NONE, "--prefork.enabled=false");

	private final Variant late = new Variant("prefork, launched late", Cache.NONE, FLEET, NO_CACHE, NO_EARLY_LAUNCH);

	private final Variant fleet = new Variant("prefork", Cache.NONE, FLEET, NO_CACHE);

	private final Variant first = new Variant("prefork, first start ever", Cache.EMPTY, FLEET);

	private final Variant cached = new Variant("prefork, with the start-up cache", Cache.FILLED, FLEET,
			"--prefork.startup-cache=train");

	@Test
	void fleetAnswersSoonAfterTheSameApplicationAlone() throws Exception {
		List<Variant> variants = List.of(this.alone, this.late, this.fleet, this.first, this.cached);
		for (Variant variant : variants) {
			variant.prepare(this.directory);
		}
		for (int round = 0; round < Measurement.rounds(); round++) {
			for (Variant variant : variants) {
				variant.answers.add(FirstAnswer.of(variant.caches(this.directory, round), variant.arguments));
			}
		}
		variants.forEach(this::print);
		assertThat(ratio(this.fleet)).isLessThanOrEqualTo(1.6);
		assertThat(ratio(this.first)).isLessThanOrEqualTo(1.6);
		assertThat(ratio(this.cached)).isLessThanOrEqualTo(1.1);
	}

	private void print(Variant variant) {
		Measurement.print("First answer, " + variant.name, "s", variant.figures(FirstAnswer::first));
		Measurement.print("All ready, " + variant.name, "s", variant.figures(FirstAnswer::ready));
		Measurement.print(
				"First answer, %s: %.2f times that of the application alone".formatted(variant.name, ratio(variant)));
	}

	private double ratio(Variant variant) {
		return Measurement.median(variant.figures(FirstAnswer::first))
				/ Measurement.median(this.alone.figures(FirstAnswer::first));
	}

	/**
	 * What there is of the start-up cache.
	 */
	private enum Cache {

		/** It is not used. */
		NONE,

		/** It is used, and nobody has made it yet. */
		EMPTY,

		/** It was made before. */
		FILLED

	}

	/**
	 * One way to start the sample.
	 */
	private static final class Variant {

		private final String name;

		private final Cache cache;

		private final String[] arguments;

		private final List<FirstAnswer> answers = new ArrayList<>();

		Variant(String name, Cache cache, String... arguments) {
			this.name = name;
			this.cache = cache;
			this.arguments = arguments;
		}

		void prepare(Path directory) throws Exception {
			if (this.cache == Cache.FILLED) {
				FirstAnswer.fillCache(directory, this.arguments);
			}
		}

		Path caches(Path directory, int round) throws IOException {
			return (this.cache == Cache.EMPTY) ? Files.createDirectory(directory.resolve("first" + round)) : directory;
		}

		List<Double> figures(ToDoubleFunction<FirstAnswer> figure) {
			return this.answers.stream().map(figure::applyAsDouble).toList();
		}

	}

}
