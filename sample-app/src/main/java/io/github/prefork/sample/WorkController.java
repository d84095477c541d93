package io.github.prefork.sample;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Requests that cost something: time, memory, processor time or bytes.
 */
@RestController
class WorkController {

	private static final Limit SLOW_MILLIS = new Limit("ms", 60_000);

	private static final Limit ALLOC_KIB = new Limit("kb", 16_384);

	private static final Limit CPU_MILLIS = new Limit("ms", 10_000);

	private static final int ECHO_BYTES = 1024 * 1024;

	private final Work work = new Work();

	/**
	 * Answer late without blocking anything meanwhile.
	 * @param ms the delay in milliseconds
	 * @return the answer
	 */
	@GetMapping("/slow")
	Mono<Outcome> slow(@RequestParam(defaultValue = "100") String ms) {
		Duration delay = Duration.ofMillis(SLOW_MILLIS.read(ms));
		long start = System.nanoTime();
		return Mono.delay(delay).map((tick) -> Outcome.since(start, "waited %d ms".formatted(delay.toMillis())));
	}

	/**
	 * Fill memory that is garbage as soon as the answer is made.
	 * @param kb how much to fill, in KiB
	 * @return the answer
	 */
	@GetMapping("/alloc")
	Mono<Outcome> alloc(@RequestParam(defaultValue = "64") String kb) {
		int kib = Math.toIntExact(ALLOC_KIB.read(kb));
		return Mono.fromSupplier(() -> {
			long start = System.nanoTime();
			return Outcome.since(start, "allocated %d KiB".formatted(this.work.allocate(kib)));
		});
	}

	/**
	 * Compute on the event loop, as a handler that is not so reactive would do.
	 * @param ms the processor time in milliseconds
	 * @return the answer
	 */
	@GetMapping("/cpu")
	Mono<Outcome> cpu(@RequestParam(defaultValue = "10") String ms) {
		Duration time = Duration.ofMillis(CPU_MILLIS.read(ms));
		return Mono.fromSupplier(() -> {
			long start = System.nanoTime();
			this.work.compute(time);
			return Outcome.since(start, "computed for %d ms".formatted(time.toMillis()));
		});
	}

	/**
	 * Send the body back. It is read by hand, since a form would not be taken as bytes.
	 * @param request the request with a body of at most 1 MiB
	 * @param type the media type of the body
	 * @return the same body with the same media type
	 */
	@PostMapping("/echo")
	Mono<ResponseEntity<byte[]>> echo(ServerHttpRequest request,
			@RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable MediaType type) {
		ResponseEntity.BodyBuilder response = ResponseEntity.ok()
			.contentType((type != null && type.isConcrete()) ? type : MediaType.APPLICATION_OCTET_STREAM);
		return DataBufferUtils.join(request.getBody(), ECHO_BYTES)
			.map(WorkController::bytes)
			.defaultIfEmpty(new byte[0])
			.map(response::body)
			.onErrorMap(DataBufferLimitException.class,
					(ex) -> new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE,
							"The body must not be larger than %d bytes".formatted(ECHO_BYTES), ex));
	}

	private static byte[] bytes(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return bytes;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

}
