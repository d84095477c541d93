package io.github.prefork.master.cache;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ArchivePlace}.
 */
class ArchivePlaceTests {

	private static final long GIGABYTE = 1L << 30;

	@ParameterizedTest
	@CsvSource({ "17, amd64, 1", "21, aarch64, 32", "25, riscv64, 32" })
	void placeIsDrawnByLotAndRound(int release, String architecture, long gigabytes) {
		RandomGenerator random = RandomGenerator.getDefault();
		List<Long> places = LongStream.range(0, 1000).map((i) -> drawn(release, architecture, random)).boxed().toList();
		assertThat(places).allMatch((place) -> place % (gigabytes * GIGABYTE) == 0)
			.allMatch((place) -> place >= 64 * GIGABYTE && place < 64 * 1024 * GIGABYTE);
		assertThat(places.stream().distinct().count()).isGreaterThan(600);
	}

	@Test
	void optionsAreUnderstoodByThisJvm() throws Exception {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(ArchivePlace.drawn());
		command.addAll(ArchivePlace.kept());
		command.add("-version");
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor()).as(output).isZero();
		assertThat(command).hasSize((Runtime.version().feature() <= 25) ? 5 : 2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-XX:ArchiveRelocationMode=1", "-XX:SharedBaseAddress=0" })
	void placeIsLeftToTheUserWhoNamesIt(String option) {
		assertThat(ArchivePlace.isSaidBy(List.of("-Xmx1g", option))).isTrue();
		assertThat(ArchivePlace.isSaidBy(List.of("-Xmx1g", "-XX:SharedArchiveFile=a.jsa"))).isFalse();
	}

	@Test
	void optionsForAnUnknownReleaseAreNone() {
		assertThat(ArchivePlace.drawn(26, "amd64", RandomGenerator.getDefault())).isEmpty();
		assertThat(ArchivePlace.kept(26)).isEmpty();
	}

	private static long drawn(int release, String architecture, RandomGenerator random) {
		List<String> options = ArchivePlace.drawn(release, architecture, random);
		assertThat(options).hasSize(1);
		assertThat(options.get(0)).startsWith("-XX:SharedBaseAddress=");
		return Long.parseLong(options.get(0).substring(options.get(0).indexOf('=') + 1));
	}

}
