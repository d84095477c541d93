package io.github.prefork.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

	private static final String ALONE = "alone";

	private static final Map<String, String[]> VARIANTS = new LinkedHashMap<>();

	static {
		VARIANTS.put(ALONE, new String[] { "--prefork.enabled=false" });
		VARIANTS.put("prefork, launched late",
				new String[] { "--prefork.children=2", "--prefork.master.early-launch=false" });
		VARIANTS.put("prefork", new String[] { "--prefork.children=2" });
	}

	@TempDir
	private Path directory;

	private final Map<String, List<Double>> first = new LinkedHashMap<>();

	private final Map<String, List<Double>> ready = new LinkedHashMap<>();

	@Test
	void fleetAnswersSoonAfterTheSameApplicationAlone() throws Exception {
		for (int round = 0; round < Measurement.rounds(); round++) {
			for (Map.Entry<String, String[]> variant : VARIANTS.entrySet()) {
				measure(variant.getKey(), variant.getValue());
			}
		}
		VARIANTS.keySet().forEach(this::print);
		assertThat(ratio("prefork")).isLessThan(1.6);
	}

	private void measure(String name, String... arguments) throws Exception {
		FirstAnswer answer = FirstAnswer.of(this.directory, arguments);
		this.first.computeIfAbsent(name, (same) -> new ArrayList<>()).add(answer.first());
		this.ready.computeIfAbsent(name, (same) -> new ArrayList<>()).add(answer.ready());
	}

	private void print(String name) {
		Measurement.print("First answer, " + name, "s", this.first.get(name));
		Measurement.print("All ready, " + name, "s", this.ready.get(name));
		Measurement.print("First answer, %s: %.2f times that of the application alone".formatted(name, ratio(name)));
	}

	private double ratio(String name) {
		return Measurement.median(this.first.get(name)) / Measurement.median(this.first.get(ALONE));
	}

}
