package io.github.prefork.master;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.master.process.ChildProcess;
import io.github.prefork.master.process.ChildProcesses;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happens to the child that was launched before its fleet, and hands it over
 * in order when the fleet is there. From then on it only passes on. Safe for use by
 * several threads.
 */
final class EarlyEvents implements MasterChannel.Listener, ChildProcesses.ExitListener {

	private final EarlyProgress progress;

	private final List<Consumer<Receiver>> kept = new ArrayList<>();

	private volatile @Nullable Receiver receiver;

	/**
	 * Create them.
	 * @param progress is told at once how far the child has come
	 */
	EarlyEvents(EarlyProgress progress) {
		this.progress = progress;
	}

	/**
	 * Hand over what has happened and will happen.
	 * @param receiver who is told
	 */
	void handTo(Receiver receiver) {
		synchronized (this.kept) {
			this.kept.forEach((event) -> event.accept(receiver));
			this.kept.clear();
			this.receiver = receiver;
		}
	}

	private void tell(Consumer<Receiver> event) {
		Receiver receiver = this.receiver;
		if (receiver == null) {
			synchronized (this.kept) {
				receiver = this.receiver;
				if (receiver == null) {
					this.kept.add(event);
					return;
				}
			}
		}
		event.accept(receiver);
	}

	/**
	 * Tell the operator something, as soon as there is a log.
	 * @param line what to tell
	 */
	void say(String line) {
		tell((receiver) -> receiver.log().accept(line));
	}

	/**
	 * Warn the operator, as soon as there is a log.
	 * @param line what to tell
	 */
	void warn(String line) {
		tell((receiver) -> receiver.warnings().accept(line));
	}

	@Override
	public void claimed(long launch, ToMaster.Hello hello) {
		tell((receiver) -> receiver.channel().claimed(launch, hello));
	}

	@Override
	public void refused(long launch, String reason) {
		tell((receiver) -> receiver.channel().refused(launch, reason));
		ended(launch);
	}

	@Override
	public void received(long launch, ToMaster message) {
		tell((receiver) -> receiver.channel().received(launch, message));
		if (launch == EarlyChild.LAUNCH) {
			this.progress.received(message);
		}
	}

	@Override
	public void closed(long launch) {
		tell((receiver) -> receiver.channel().closed(launch));
		ended(launch);
	}

	@Override
	public void exited(long launch, ChildProcess child, int exitValue, boolean killed) {
		tell((receiver) -> receiver.exits().exited(launch, child, exitValue, killed));
		ended(launch);
	}

	private void ended(long launch) {
		if (launch == EarlyChild.LAUNCH) {
			this.progress.ended();
		}
	}

	/**
	 * Who is told.
	 *
	 * @param channel is told what comes over the channel
	 * @param exits is told when a process has gone
	 * @param log takes what the operator is told
	 * @param warnings takes what the operator has to know
	 */
	record Receiver(MasterChannel.Listener channel, ChildProcesses.ExitListener exits, Consumer<String> log,
			Consumer<String> warnings) {

	}

}
