package io.github.prefork.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads one HTTP/1.1 response from a wire and drops its body, or compares it.
 */
final class ResponseReader {

	private static final int MAX_HEAD = 64 * 1024;

	private final Wire wire;

	private final String method;

	private int headLength;

	/**
	 * Prepare to read.
	 * @param wire where the response comes from
	 * @param method the method of the request
	 */
	ResponseReader(Wire wire, String method) {
		this.wire = wire;
		this.method = method;
	}

	/**
	 * Read the head of the final response; interim ones (1xx) are dropped.
	 * @return the head
	 * @throws IOException on failure
	 */
	ResponseHead readHead() throws IOException {
		ResponseHead head;
		do {
			head = ResponseHead.of(readLine(), readHeaders());
		}
		while (head.interim());
		return head;
	}

	/**
	 * Read the body to its end.
	 * @param head the head that was read before
	 * @return whether the body was delimited, so that the connection can be used again
	 * @throws IOException on failure
	 */
	boolean skipBody(ResponseHead head) throws IOException {
		boolean chunked = head.chunked();
		long length = head.contentLength();
		if (!head.hasBody(this.method)) {
			return true;
		}
		if (chunked) {
			skipChunks();
			return true;
		}
		if (length >= 0) {
			skip(length);
			return true;
		}
		skipToEnd();
		return false;
	}

	/**
	 * Read a body that has to be a certain one.
	 * @param head the head that was read before
	 * @param expected the body; one without a length is not accepted
	 * @return true, as the connection can be used again
	 * @throws IOException on failure, also if it is another one
	 */
	boolean matchBody(ResponseHead head, byte[] expected) throws IOException {
		if (head.contentLength() != expected.length) {
			throw new ProtocolException(
					"a body of %d bytes instead of %d".formatted(head.contentLength(), expected.length));
		}
		for (int i = 0; i < expected.length; i++) {
			int next = this.wire.read();
			if (next < 0) {
				throw new EOFException("closed %d bytes before the end of the body".formatted(expected.length - i));
			}
			if (next != (expected[i] & 0xff)) {
				throw new ProtocolException("byte %d of the body is another one".formatted(i));
			}
		}
		return true;
	}

	private void skipToEnd() throws IOException {
		long count;
		do {
			count = this.wire.skip(Long.MAX_VALUE);
		}
		while (count >= 0);
	}

	private void skipChunks() throws IOException {
		long size = readChunkSize();
		while (size > 0) {
			skip(size);
			if (!readLine().isEmpty()) {
				throw new ProtocolException("a chunk is longer than its size says");
			}
			size = readChunkSize();
		}
		readHeaders();
	}

	private long readChunkSize() throws IOException {
		this.headLength = 0;
		String line = readLine();
		String size = line.split(";", 2)[0].trim();
		if (!size.matches("[0-9a-fA-F]{1,15}")) {
			throw new ProtocolException("not the size of a chunk: '" + size + "'");
		}
		return Long.parseLong(size, 16);
	}

	private Map<String, List<String>> readHeaders() throws IOException {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			int colon = line.indexOf(':');
			if (colon <= 0) {
				throw new ProtocolException("not a header line: '" + line + "'");
			}
			headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(line.substring(colon + 1).trim());
		}
		return headers;
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = readByte(); next != '\n'; next = readByte()) {
			line.append((char) next);
		}
		int length = line.length();
		return (length > 0 && line.charAt(length - 1) == '\r') ? line.substring(0, length - 1) : line.toString();
	}

	private int readByte() throws IOException {
		if (++this.headLength > MAX_HEAD) {
			throw new ProtocolException("more than " + MAX_HEAD + " bytes of headers");
		}
		int next = this.wire.read();
		if (next < 0) {
			throw new EOFException((this.headLength == 1) ? "closed without a response" : "closed amid the response");
		}
		return next;
	}

	private void skip(long length) throws IOException {
		for (long left = length; left > 0;) {
			long count = this.wire.skip(left);
			if (count < 0) {
				throw new EOFException("closed " + left + " bytes before the end of the body");
			}
			left -= count;
		}
	}

}
