package io.github.prefork.child;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.github.prefork.channel.ToChild;
import io.netty.channel.unix.FileDescriptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.WebServerException;

/**
 * Collects the listeners that the master passes until all have come, unless it has none
 * to pass. The announcement and the descriptors come on two connections, so in any order.
 * Descriptors that come after those that were announced are of listeners that the master
 * has added. Safe for use by several threads.
 */
final class PassedListeners {

	private static final Log logger = LogFactory.getLog(PassedListeners.class);

	private final CompletableFuture<Offer> all = new CompletableFuture<>();

	private final List<FileDescriptor> descriptors = new ArrayList<>();

	private final Added added;

	private int passed;

	private ToChild.@Nullable ListenersOffered offer;

	/**
	 * Create the collection.
	 * @param added takes the listeners that the master adds
	 */
	PassedListeners(Added added) {
		this.added = added;
	}

	/**
	 * The master has announced its listeners.
	 * @param offer the announcement
	 */
	synchronized void offered(ToChild.ListenersOffered offer) {
		if (offer.own() < 0 || offer.own() >= offer.count()) {
			fail("The master offered " + offer.count() + " listeners and none with the index " + offer.own());
			return;
		}
		this.offer = offer;
		completeIfAllPassed();
	}

	/**
	 * The master has no listeners.
	 * @param bind what to bind instead
	 */
	synchronized void toBind(ToChild.Bind bind) {
		this.all.complete(new ToBind(bind));
	}

	/**
	 * The master has passed a listener.
	 * @param descriptor the descriptor
	 */
	synchronized void passed(FileDescriptor descriptor) {
		if (this.all.isCompletedExceptionally()) {
			logger.debug("Closing a listener that nobody waits for");
			close(descriptor);
		}
		else if (this.all.isDone()) {
			this.added.added(this.passed++, descriptor);
		}
		else {
			this.descriptors.add(descriptor);
			completeIfAllPassed();
		}
	}

	private void completeIfAllPassed() {
		if (this.offer != null && this.descriptors.size() >= this.offer.count()) {
			this.passed = this.offer.count();
			List<FileDescriptor> more = this.descriptors.subList(this.passed, this.descriptors.size());
			this.all.complete(new Passed(this.offer.own(), List.copyOf(this.descriptors.subList(0, this.passed))));
			more.forEach((descriptor) -> this.added.added(this.passed++, descriptor));
		}
	}

	/**
	 * No more listeners will come. Without effect if all have come.
	 * @param reason why, in words
	 */
	synchronized void fail(String reason) {
		if (!this.all.isDone()) {
			// Closed when whoever waits goes on
			this.descriptors.forEach(PassedListeners::close);
			this.all.completeExceptionally(new WebServerException(reason, null));
		}
	}

	/**
	 * Wait until the master has said what to listen on, and all of it has come. Untimed,
	 * so that Spring interrupts it when the process is told to end meanwhile.
	 * @return the offer; its listeners are the caller's own now
	 * @throws WebServerException if they will not come or the thread was interrupted
	 */
	Offer await() throws WebServerException {
		try {
			return this.all.get();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			fail("The start of the web server was interrupted");
			throw new WebServerException("Interrupted while waiting for the listeners of the master", ex);
		}
		catch (ExecutionException ex) {
			throw new WebServerException("The listeners of the master have not come", ex.getCause());
		}
	}

	static void close(FileDescriptor descriptor) {
		try {
			descriptor.close();
		}
		catch (IOException ex) {
			logger.debug("Cannot close a listener", ex);
		}
	}

	/**
	 * Takes listeners that the master adds.
	 */
	@FunctionalInterface
	interface Added {

		/**
		 * The master has passed one more listener, after all that it had announced.
		 * @param index the index of the listener
		 * @param descriptor the descriptor, from now on the callee's
		 */
		void added(int index, FileDescriptor descriptor);

	}

	/**
	 * What the master has for this child.
	 */
	sealed interface Offer {

	}

	/**
	 * All listeners of the master.
	 *
	 * @param own the index of the one that the main server adopts
	 * @param descriptors the descriptors in index order
	 */
	record Passed(int own, List<FileDescriptor> descriptors) implements Offer {

	}

	/**
	 * No listener: the child binds a socket of its own.
	 *
	 * @param bind what to bind
	 */
	record ToBind(ToChild.Bind bind) implements Offer {

	}

}
