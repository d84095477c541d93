package io.github.prefork.load;

import java.net.ProtocolException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Status line and headers of a response.
 *
 * @param status the status
 * @param http11 whether the version is HTTP/1.1, not 1.0
 * @param headers the values of each header by its name in lower case
 */
record ResponseHead(int status, boolean http11, Map<String, List<String>> headers) {

	static final String PID_HEADER = "x-prefork-pid";

	private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-9]\\d\\d)( .*)?");

	static ResponseHead of(String statusLine, Map<String, List<String>> headers) throws ProtocolException {
		Matcher matcher = STATUS_LINE.matcher(statusLine);
		if (!matcher.matches()) {
			throw new ProtocolException("not a status line of HTTP/1.x: '" + abbreviate(statusLine) + "'");
		}
		return new ResponseHead(Integer.parseInt(matcher.group(2)), matcher.group(1).equals("1"), headers);
	}

	boolean interim() {
		return this.status < 200;
	}

	boolean hasBody(String method) {
		return this.status != 204 && this.status != 304 && !method.equals("HEAD");
	}

	boolean chunked() throws ProtocolException {
		List<String> encodings = tokens("transfer-encoding").toList();
		if (encodings.isEmpty()) {
			return false;
		}
		if (!encodings.equals(List.of("chunked")) || this.headers.containsKey("content-length")) {
			throw new ProtocolException("Transfer-Encoding " + encodings + ", Content-Length "
					+ this.headers.getOrDefault("content-length", List.of()));
		}
		return true;
	}

	/**
	 * Return the length of the body.
	 * @return the number of bytes, or -1 if it is not given
	 * @throws ProtocolException if it is given and not a number
	 */
	long contentLength() throws ProtocolException {
		return number("content-length", -1);
	}

	/**
	 * Return whether the server will close the connection after this response.
	 * @return whether the connection must not be used again
	 */
	boolean closes() {
		List<String> options = tokens("connection").toList();
		return options.contains("close") || (!this.http11 && !options.contains("keep-alive"));
	}

	@Nullable Long pid() throws ProtocolException {
		return (this.headers.containsKey(PID_HEADER)) ? number(PID_HEADER, -1) : null;
	}

	private long number(String name, long absent) throws ProtocolException {
		List<String> values = this.headers.getOrDefault(name, List.of());
		if (values.isEmpty()) {
			return absent;
		}
		if (values.size() > 1 || !values.get(0).matches("\\d{1,18}")) {
			throw new ProtocolException(name + " is not one number: " + abbreviate(values.toString()));
		}
		return Long.parseLong(values.get(0));
	}

	private Stream<String> tokens(String name) {
		return this.headers.getOrDefault(name, List.of())
			.stream()
			.flatMap((value) -> Stream.of(value.split(",")))
			.map((value) -> value.trim().toLowerCase(Locale.ROOT))
			.filter((value) -> !value.isEmpty());
	}

	private static String abbreviate(String text) {
		return (text.length() <= 60) ? text : text.substring(0, 60) + "...";
	}

}
