package io.github.prefork.master;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import io.github.prefork.channel.ToMaster;
import org.jspecify.annotations.Nullable;

/**
 * How far the child has come that was launched before its fleet. Safe for use by several
 * threads.
 */
final class EarlyProgress {

	private final CompletableFuture<Optional<WantedServer>> wanted = new CompletableFuture<>();

	private final CompletableFuture<Boolean> serving = new CompletableFuture<>();

	private volatile ToMaster.@Nullable Described described;

	private volatile boolean asked;

	/**
	 * The child has said something.
	 * @param message what
	 */
	void received(ToMaster message) {
		if (message instanceof ToMaster.Described child) {
			this.described = child;
		}
		else if (message instanceof ToMaster.ServerStarting starting) {
			this.asked = true;
			this.wanted.complete(Optional.ofNullable(this.described).map((child) -> wanted(starting, child)));
		}
		else if (message instanceof ToMaster.Readiness readiness && readiness.accepting()) {
			// Without listeners, if it has not asked for them
			this.wanted.complete(Optional.empty());
			// It is told at once where to accept, unless it binds a socket of its own
			this.serving.complete(true);
		}
	}

	private static WantedServer wanted(ToMaster.ServerStarting starting, ToMaster.Described child) {
		return new WantedServer(starting.address(), starting.port(), starting.ownLauncher(), child.settings());
	}

	/**
	 * The child will come no further.
	 */
	void ended() {
		this.wanted.complete(Optional.empty());
		this.serving.complete(false);
	}

	/**
	 * Wait until the child asks for listeners.
	 * @param limit the longest wait
	 * @return what it wants, empty if it does not ask
	 */
	Optional<WantedServer> awaitWanted(Duration limit) {
		return await(this.wanted, limit).flatMap(Function.identity());
	}

	/**
	 * Wait until the child serves, or will not do so.
	 * @param limit the longest wait
	 * @return whether it serves
	 */
	boolean awaitServing(Duration limit) {
		return await(this.serving, limit).orElse(false);
	}

	/**
	 * Return whether the child has asked for listeners, without which it can't be ready.
	 * @return whether it has
	 */
	boolean hasAsked() {
		return this.asked;
	}

	private static <T> Optional<T> await(CompletableFuture<T> future, Duration limit) {
		try {
			return Optional.of(future.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
		catch (TimeoutException ex) {
			return Optional.empty();
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("Nobody completes it so", ex);
		}
	}

}
