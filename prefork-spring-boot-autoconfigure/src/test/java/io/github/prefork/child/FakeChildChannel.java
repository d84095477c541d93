package io.github.prefork.child;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose master is the test.
 */
final class FakeChildChannel implements ChildChannel {

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "fake-channel");
		thread.setDaemon(true);
		return thread;
	});

	private final List<ToMaster> sent = new CopyOnWriteArrayList<>();

	private final ToChild.Welcome welcome;

	private volatile @Nullable Listener listener;

	private volatile Consumer<ToMaster> onSend = (message) -> {
	};

	FakeChildChannel(long drainMillis) {
		this.welcome = new ToChild.Welcome(1, 0, 20, drainMillis, "key", -1);
	}

	/**
	 * Set what the master does with a message.
	 * @param onSend called after the message is recorded
	 */
	void onSend(Consumer<ToMaster> onSend) {
		this.onSend = onSend;
	}

	List<ToMaster> sent() {
		return this.sent;
	}

	<M extends ToMaster> List<M> sent(Class<M> type) {
		return this.sent.stream().filter(type::isInstance).map(type::cast).toList();
	}

	void say(ToChild message) {
		tell((listener) -> listener.received(message));
	}

	void pass(FileDescriptor descriptor) {
		tell((listener) -> listener.passed(descriptor));
	}

	void end() {
		tell(Listener::closed);
	}

	private void tell(Consumer<Listener> action) {
		this.executor.execute(() -> {
			Listener listener = this.listener;
			if (listener != null) {
				action.accept(listener);
			}
		});
	}

	@Override
	public ToChild.Welcome welcome() {
		return this.welcome;
	}

	@Override
	public void listen(Listener listener) {
		this.listener = listener;
	}

	@Override
	public void send(ToMaster message) {
		this.sent.add(message);
		this.onSend.accept(message);
	}

	@Override
	public void beat(ToMaster.Heartbeat heartbeat) {
		send(heartbeat);
	}

	@Override
	public void attachListeners() {
	}

	@Override
	public ScheduledExecutorService executor() {
		return this.executor;
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
