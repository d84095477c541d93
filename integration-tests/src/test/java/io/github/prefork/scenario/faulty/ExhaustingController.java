package io.github.prefork.scenario.faulty;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes memory of one kind until there is no more.
 */
@RestController
class ExhaustingController {

	private static final int KILOBYTE = 1024;

	private static final int MEGABYTE = KILOBYTE * KILOBYTE;

	private static final int LARGE = 8 * MEGABYTE;

	/** More than any machine has for the stack of a thread. */
	private static final long STACK = 1L << 46;

	private final List<Object> taken = new CopyOnWriteArrayList<>();

	@GetMapping("/exhaust/heap")
	void heap() {
		while (true) {
			this.taken.add(new byte[MEGABYTE]);
		}
	}

	@GetMapping("/exhaust/direct")
	void direct() {
		while (true) {
			this.taken.add(ByteBuffer.allocateDirect(MEGABYTE));
		}
	}

	/** Nobody notices it before Netty needs some for a response. */
	@GetMapping("/exhaust/silently")
	void silently() {
		for (int size = MEGABYTE; size >= KILOBYTE; size /= KILOBYTE) {
			try {
				while (true) {
					this.taken.add(ByteBuffer.allocateDirect(size));
				}
			}
			catch (OutOfMemoryError ex) {
				// Take what is left in small pieces
			}
		}
	}

	@GetMapping("/large")
	byte[] large() {
		return new byte[LARGE];
	}

	@GetMapping("/exhaust/threads")
	Mono<Void> threads() {
		return Mono.fromRunnable(ExhaustingController::startThread).subscribeOn(Schedulers.boundedElastic()).then();
	}

	private static void startThread() {
		new Thread(null, () -> {
		}, "too-large", STACK).start();
	}

}
