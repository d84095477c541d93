package io.github.prefork.master.cache;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LastWords}.
 */
class LastWordsTests {

	private final LastWords words = new LastWords();

	@Test
	void toStringWhenNothingWasSaidIsEmpty() {
		assertThat(this.words).hasToString("");
		this.words.add("\n  \n****\n#\n");
		assertThat(this.words).hasToString("");
	}

	@Test
	void toStringOfAFewLinesHasThemAll() {
		this.words.add("Unrecognized VM option 'Much'\nError: Could not create the Java Virtual Machine.\n");
		this.words.add("Error: A fatal exception has occurred. Program will exit.\n");
		assertThat(this.words).hasToString("Unrecognized VM option 'Much' / Error: Could not create the Java Virtual "
				+ "Machine. / Error: A fatal exception has occurred. Program will exit.");
	}

	@Test
	void toStringOfAStackTraceHasNoFrames() {
		this.words.add("Exception in thread \"main\" java.lang.IllegalStateException: failed\n");
		this.words.add("\tat org.example.Command.run(Command.java:1)\n".repeat(100));
		this.words.add("\tat java.base/java.lang.Thread.run(Thread.java:2) ~[na:na]\n");
		this.words.add("Caused by: java.io.IOException: No space left on device\n");
		this.words.add("\tat java.base/java.io.FileOutputStream.writeBytes(Native Method)\n\t... 12 more\n");
		assertThat(this.words).hasToString("Exception in thread \"main\" java.lang.IllegalStateException: failed / "
				+ "Caused by: java.io.IOException: No space left on device");
	}

	@Test
	void toStringBeginsWithTheLastCauseAtTheLatest() {
		this.words.add("Caused by: the first\nCaused by: the last\n" + "a line that tells less\n".repeat(100));
		assertThat(this.words.toString()).startsWith("Caused by: the last / a line").hasSize(300);
	}

	@Test
	void toStringOfMuchHasTheLastWholeLinesThatHaveRoom() {
		this.words.add("much\n".repeat(100_000) + "x".repeat(100) + "\n" + "y".repeat(290) + "\nthe end\n");
		assertThat(this.words).hasToString("y".repeat(290) + " / the end");
		this.words.add("!\n1234567890\n");
		assertThat(this.words).hasToString("the end / 1234567890");
	}

	@Test
	void toStringOfALongLineHasItsBeginAndItsEnd() {
		this.words.add("earlier\nCannot write " + "/directory".repeat(100) + ": No space left on device");
		assertThat(this.words.toString()).startsWith("Cannot write /directory")
			.endsWith("/directory: No space left on device")
			.contains(" ... ")
			.hasSize(300);
	}

}
