package io.github.prefork.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads server-sent events one by one: the next one is sent only when this one is here.
 */
final class Events {

	private Events() {
	}

	static Answer read(Browser browser) throws IOException, InterruptedException {
		StringBuilder events = new StringBuilder();
		try (BufferedReader reader = new BufferedReader(new InputStreamReader(
				browser.client().send(browser.request("/events").build(), BodyHandlers.ofInputStream()).body(),
				StandardCharsets.UTF_8))) {
			for (int next = 1; next <= 3; next++) {
				events.append((next > 1) ? "," : "").append(event(reader));
				if (next < 3) {
					// The same connection of HTTP/2, so the same child
					assertThat(browser.post("/next", String.valueOf(next)).status()).isEqualTo(200);
				}
			}
		}
		return Answer.of(events.toString());
	}

	private static String event(BufferedReader reader) throws IOException {
		String line = reader.readLine();
		while (line != null && !line.startsWith("data:")) {
			line = reader.readLine();
		}
		return String.valueOf(line).replace("data:", "");
	}

}
