package io.github.prefork.child.drain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;

/**
 * What the application has written and what must not go out yet.
 */
final class HeldWrites {

	private List<Held> writes = new ArrayList<>();

	private boolean active;

	private boolean flush;

	/**
	 * Hold back what is written from now on.
	 */
	void begin() {
		this.active = true;
	}

	boolean isActive() {
		return this.active;
	}

	void add(Object message, ChannelPromise promise) {
		this.writes.add(new Held(message, promise));
	}

	void flush() {
		this.flush = true;
	}

	/**
	 * Hold back no more.
	 * @param write called for each message that was held back, in order
	 * @param flush called then, if that was asked for
	 */
	void release(BiConsumer<Object, ChannelPromise> write, Runnable flush) {
		List<Held> released = this.writes;
		boolean flushAfter = this.flush;
		this.writes = new ArrayList<>();
		this.active = false;
		this.flush = false;
		released.forEach((held) -> write.accept(held.message(), held.promise()));
		if (flushAfter) {
			flush.run();
		}
	}

	/**
	 * Give up what is held back.
	 * @param cause why
	 */
	void fail(Throwable cause) {
		List<Held> failed = this.writes;
		this.writes = new ArrayList<>();
		for (Held held : failed) {
			ReferenceCountUtil.release(held.message());
			held.promise().tryFailure(cause);
		}
	}

	/**
	 * A message that is held back.
	 *
	 * @param message the message
	 * @param promise of its writing
	 */
	private record Held(Object message, ChannelPromise promise) {

	}

}
