package io.github.prefork.channel;

import java.util.ArrayList;
import java.util.List;

import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * What the channel knows about one launch. Its state belongs to {@link Launches}, which
 * guards it.
 */
final class Launch {

	private final long number;

	private final int slot;

	private final int generation;

	private final String token;

	private final String listenersKey;

	/**
	 * The process that claimed the launch, 0 before.
	 */
	long pid;

	/**
	 * Where its heartbeats are.
	 */
	int heartbeatCell = HeartbeatBoard.NO_CELL;

	/**
	 * The last heartbeat that came as a message, {@code null} if none did.
	 */
	ToMaster.@Nullable Heartbeat sent;

	/**
	 * When it claimed its place or sent the last heartbeat, on the time line of
	 * {@link System#nanoTime()}.
	 */
	long sentAt;

	boolean claimed;

	boolean attached;

	@Nullable Channel control;

	@Nullable MasterListenersHandler listeners;

	/**
	 * What was passed before the listeners connection was there.
	 */
	final List<FileDescriptor> kept = new ArrayList<>();

	Launch(long number, int slot, int generation, String token, String listenersKey) {
		this.number = number;
		this.slot = slot;
		this.generation = generation;
		this.token = token;
		this.listenersKey = listenersKey;
	}

	long number() {
		return this.number;
	}

	int slot() {
		return this.slot;
	}

	int generation() {
		return this.generation;
	}

	String token() {
		return this.token;
	}

	String listenersKey() {
		return this.listenersKey;
	}

	@Override
	public String toString() {
		return ((this.slot >= 0) ? "the child in slot " + this.slot : "the standby") + " (pid " + this.pid + ")";
	}

}
