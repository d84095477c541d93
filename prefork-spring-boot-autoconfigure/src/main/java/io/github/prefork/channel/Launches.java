package io.github.prefork.channel;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The launches whose child is expected or there, with their tokens and connections. May
 * be used by any thread; nothing here waits or calls a listener.
 */
final class Launches {

	private static final int SECRET_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final Map<Long, Launch> byNumber = new HashMap<>();

	private final Map<String, Launch> byToken = new HashMap<>();

	private final Map<String, Launch> byKey = new HashMap<>();

	private final HeartbeatBoard heartbeats;

	private boolean closed;

	Launches(HeartbeatBoard heartbeats) {
		this.heartbeats = heartbeats;
	}

	synchronized String expect(long number, int slot, int generation) {
		if (this.closed) {
			throw new IllegalStateException("The channel is closed");
		}
		if (this.byNumber.containsKey(number)) {
			throw new IllegalArgumentException("Launch " + number + " is already expected");
		}
		Launch launch = new Launch(number, slot, generation, secret(), secret());
		this.byNumber.put(number, launch);
		this.byToken.put(launch.token(), launch);
		this.byKey.put(launch.listenersKey(), launch);
		return launch.token();
	}

	private String secret() {
		byte[] bytes = new byte[SECRET_BYTES];
		this.random.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

	synchronized Launch claim(ToMaster.Hello hello, Channel control) throws ClaimRefusedException {
		if (hello.protocol() != ToMaster.Hello.PROTOCOL) {
			throw new ClaimRefusedException("the child speaks version " + hello.protocol()
					+ " of the channel protocol and the master version " + ToMaster.Hello.PROTOCOL
					+ ": both need the same version of prefork, so restart the master");
		}
		Launch launch = this.byToken.get(hello.token());
		if (launch == null) {
			throw new ClaimRefusedException("the master does not expect a child with this token");
		}
		if (launch.claimed) {
			throw new ClaimRefusedException("the token was already used by the process with pid " + launch.pid);
		}
		launch.claimed = true;
		launch.pid = hello.pid();
		launch.control = control;
		launch.heartbeatCell = this.heartbeats.take();
		launch.sentAt = System.nanoTime();
		return launch;
	}

	/**
	 * Find the launch of a child that was refused for its release.
	 * @param hello what it said
	 * @return the launch, {@code null} if it was refused for another reason
	 */
	synchronized @Nullable Launch ofOtherRelease(ToMaster.Hello hello) {
		Launch launch = (hello.protocol() != ToMaster.Hello.PROTOCOL) ? this.byToken.get(hello.token()) : null;
		return (launch != null && !launch.claimed) ? launch : null;
	}

	/**
	 * Make a connection the listeners connection of the launch that a key stands for.
	 * @param key the key
	 * @param listeners the handler of the connection
	 * @return the launch, {@code null} if the key is not valid
	 */
	synchronized @Nullable Launch attach(String key, MasterListenersHandler listeners) {
		Launch launch = this.byKey.get(key);
		if (launch == null || launch.attached || launch.control == null) {
			return null;
		}
		launch.attached = true;
		launch.listeners = listeners;
		listeners.pass(launch.kept);
		launch.kept.clear();
		return launch;
	}

	synchronized @Nullable Channel control(long number) {
		Launch launch = this.byNumber.get(number);
		return (launch != null) ? launch.control : null;
	}

	/**
	 * Look who has given a sign of life since the last look.
	 * @return the last heartbeats by number of the launch
	 */
	synchronized Map<Long, ToMaster.Heartbeat> heartbeats() {
		Map<Integer, ToMaster.Heartbeat> cells = this.heartbeats.look();
		Map<Long, ToMaster.Heartbeat> found = new HashMap<>();
		for (Launch launch : this.byNumber.values()) {
			ToMaster.Heartbeat heartbeat = cells.get(launch.heartbeatCell);
			if (heartbeat != null && launch.control != null) {
				found.put(launch.number(), heartbeat);
			}
		}
		return found;
	}

	/**
	 * A heartbeat has come as a message.
	 * @param launch the launch
	 * @param heartbeat the heartbeat
	 */
	synchronized void sent(Launch launch, ToMaster.Heartbeat heartbeat) {
		launch.sent = heartbeat;
		launch.sentAt = System.nanoTime();
	}

	/**
	 * Return what a child has last said of itself.
	 * @param number the number of the launch
	 * @return what it was, {@code null} if it has not claimed its place or nothing can be
	 * read
	 */
	synchronized @Nullable SignOfLife lastSign(long number) {
		Launch launch = this.byNumber.get(number);
		if (launch == null || launch.pid == 0) {
			return null;
		}
		boolean written = launch.sent == null && launch.heartbeatCell != HeartbeatBoard.NO_CELL;
		ToMaster.Heartbeat heartbeat = written ? this.heartbeats.last(launch.heartbeatCell) : launch.sent;
		long at = written ? this.heartbeats.seenAt(launch.heartbeatCell) : launch.sentAt;
		return (heartbeat != null)
				? new SignOfLife(launch.pid, heartbeat.figures(), Duration.ofNanos(System.nanoTime() - at)) : null;
	}

	synchronized boolean knows(Launch launch) {
		return this.byNumber.get(launch.number()) == launch;
	}

	synchronized void pass(long number, List<? extends FileDescriptor> descriptors) {
		Launch launch = this.byNumber.get(number);
		if (launch == null) {
			return;
		}
		if (launch.listeners != null) {
			launch.listeners.pass(descriptors);
		}
		else if (!launch.attached) {
			launch.kept.addAll(descriptors);
		}
	}

	/**
	 * The control connection of a launch has ended.
	 * @param launch the launch
	 * @return whether somebody still wants to know
	 */
	synchronized boolean ended(Launch launch) {
		launch.attached = true;
		disconnect(launch);
		return knows(launch);
	}

	synchronized void forget(long number) {
		Launch launch = this.byNumber.remove(number);
		if (launch != null) {
			this.byToken.remove(launch.token());
			this.byKey.remove(launch.listenersKey());
			disconnect(launch);
			this.heartbeats.give(launch.heartbeatCell);
		}
	}

	private static void disconnect(Launch launch) {
		launch.kept.clear();
		if (launch.control != null) {
			launch.control.close();
			launch.control = null;
		}
		if (launch.listeners != null) {
			launch.listeners.close();
			launch.listeners = null;
		}
	}

	/**
	 * Forget all launches and expect no more.
	 */
	synchronized void close() {
		this.heartbeats.close();
		this.closed = true;
		List.copyOf(this.byNumber.keySet()).forEach(this::forget);
	}

}
