package io.github.prefork.autoconfigure;

import io.github.prefork.PreforkException;

import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * The report of a fleet that has failed after its start, in the form that Spring Boot
 * reports a failed start in.
 */
final class FailureReport {

	private FailureReport() {
	}

	static String of(PreforkException cause) {
		FailureAnalysis analysis = PreforkFailureAnalyzer.describe(cause);
		return """


				***************************
				PREFORK FLEET FAILED
				***************************

				Description:

				%s

				Action:

				%s
				""".formatted(analysis.getDescription(), analysis.getAction());
	}

}
