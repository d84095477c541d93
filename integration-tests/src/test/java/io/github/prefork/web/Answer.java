package io.github.prefork.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * What a child has answered on a connection of its own.
 *
 * @param text the text, which begins with the pid of the child
 * @param status the status
 * @param detail what there was to see beside the text: the version of HTTP, or what the
 * kind of visit says
 * @param header gives a header
 */
record Answer(String text, int status, String detail, Function<String, Optional<String>> header) {

	static Answer of(String text) {
		return new Answer(text, 200, "", (name) -> Optional.empty());
	}

	static Answer of(HttpResponse<byte[]> response) throws IOException {
		String encoding = response.headers().firstValue("Content-Encoding").orElse("");
		byte[] body = response.body();
		if (encoding.equals("gzip")) {
			body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
		}
		return new Answer(new String(body, StandardCharsets.UTF_8), response.statusCode(), response.version().name(),
				response.headers()::firstValue);
	}

	long pid() {
		String first = this.text.split(" ", 2)[0];
		return first.matches("\\d+") ? Long.parseLong(first) : -1;
	}

	String header(String name) {
		return this.header.apply(name).orElse("");
	}

}
