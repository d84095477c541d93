package io.github.prefork.master;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

import io.github.prefork.ChildCommand;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ChildChannels;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.master.command.ChildSettings;
import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.Network;
import io.github.prefork.supervisor.HookRule;
import io.github.prefork.supervisor.OnExceeded;
import io.github.prefork.supervisor.SupervisorSettings;
import io.netty.channel.unix.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * A fleet whose children are short programs of the system, and its application.
 */
class TestFleet implements FleetHost, AutoCloseable {

	static final Duration BOOT_TIMEOUT = Duration.ofSeconds(20);

	private static final Set<String> THREADS = Set.of("prefork-supervisor", "prefork-channel", "prefork-hook-watch");

	static final String SLEEP = "exec sleep 60";

	final List<Process> processes = new CopyOnWriteArrayList<>();

	final List<ChildCommand> commands = new CopyOnWriteArrayList<>();

	final List<PreforkEvent> events = new CopyOnWriteArrayList<>();

	final BlockingQueue<PreforkException> failures = new LinkedBlockingQueue<>();

	final MasterFleet fleet;

	private Consumer<PreforkEvent> hook = (event) -> {
	};

	TestFleet(String script, Duration gracePeriod) {
		this(script, settings(gracePeriod));
	}

	TestFleet(String script, MasterSettings settings) {
		this.fleet = new MasterFleet(settings, (command) -> {
			Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
			this.commands.add(command);
			this.processes.add(process);
			return process;
		}, this);
	}

	TestFleet(EarlyChildren children, EarlyChild early, MasterSettings settings) {
		this.processes.addAll(children.processes);
		this.commands.addAll(children.commands);
		this.fleet = new MasterFleet(settings, null, this, early);
	}

	TestFleet hook(Consumer<PreforkEvent> hook) {
		this.hook = hook;
		return this;
	}

	static MasterSettings settings(Duration gracePeriod) {
		SupervisorSettings.Recovery recovery = new SupervisorSettings.Recovery(0, Duration.ZERO, Duration.ZERO,
				Duration.ofSeconds(1), OnExceeded.FAIL);
		SupervisorSettings supervisor = new SupervisorSettings(1, 1, 0, 1, false, BOOT_TIMEOUT, 1, Duration.ZERO,
				Duration.ofSeconds(10), Duration.ZERO, gracePeriod, recovery, HookRule.ABORT,
				SupervisorSettings.Recycle.OFF);
		return new MasterSettings(ListenerMode.SHARED, Network.TCP, 16, Duration.ofMillis(100), Duration.ofSeconds(1),
				supervisor, new ChildSettings(1, List.of(), List.of(), Map.of()), "test");
	}

	static SupervisorSettings of(int children, int standby) {
		SupervisorSettings some = settings(Duration.ofSeconds(1)).supervisor();
		return new SupervisorSettings(children, children, standby, 1, some.owned(), some.bootTimeout(),
				some.bootParallelism(), some.assistAfter(), some.stallTimeout(), some.heartbeatTimeout(),
				some.gracePeriod(), some.recovery(), some.hooks(), some.recycle());
	}

	MasterWebServer webServer(int port) {
		return webServer(port, null);
	}

	MasterWebServer webServer(int port, @Nullable InetSocketAddress management) {
		return new MasterWebServer(this.fleet,
				new ServerSettings(InetAddress.getLoopbackAddress(), port, false, management));
	}

	/**
	 * Say over the channel that the last launched child is ready.
	 * @return its end of the channel, which closes when the master has closed its own
	 * @throws Exception if it can't claim its place
	 */
	ChildChannel ready() throws Exception {
		return ready((message) -> {
		});
	}

	ChildChannel ready(Consumer<ToChild> listener) throws Exception {
		ChildChannel channel = claim(listener);
		channel.send(new ToMaster.Readiness(true));
		return channel;
	}

	/**
	 * Ask for the listeners as the last launched child.
	 * @param offered completed with what the master offers
	 * @return its end of the channel, which closes when the master has closed its own
	 * @throws Exception if it can't claim its place
	 */
	ChildChannel asking(CompletableFuture<ToChild> offered) throws Exception {
		ChildChannel channel = claim((message) -> {
			if (message instanceof ToChild.ListenersOffered) {
				offered.complete(message);
			}
		});
		channel.send(new ToMaster.ServerStarting("", 0, false));
		return channel;
	}

	ChildChannel claim(Consumer<ToChild> listener) throws Exception {
		int last = this.commands.size() - 1;
		return claim(this.commands.get(last), this.processes.get(last), listener);
	}

	static ChildChannel claim(ChildCommand command, Process process, Consumer<ToChild> listener) throws Exception {
		String value = command.environment().get(ChannelAddress.VARIABLE);
		ChannelAddress address = ChannelAddress.parse(value).orElseThrow();
		ChildChannel channel = ChildChannels.claim(address,
				new ToMaster.Hello(ToMaster.Hello.PROTOCOL, address.token(), process.pid()), Duration.ofSeconds(10));
		channel.listen(new ClosedWithMaster(channel, listener));
		return channel;
	}

	boolean isGone() {
		return this.processes.stream().noneMatch(Process::isAlive) && this.fleet.fleet().children().isEmpty()
				&& threads().isEmpty();
	}

	static List<String> threads() {
		Thread[] threads = new Thread[Thread.activeCount() + 50];
		int count = Thread.enumerate(threads);
		return Arrays.asList(threads)
			.subList(0, count)
			.stream()
			.map(Thread::getName)
			.filter(THREADS::contains)
			.toList();
	}

	@Override
	public void publish(PreforkEvent event) {
		this.events.add(event);
		this.hook.accept(event);
	}

	@Override
	public void readiness(boolean accepting) {
		throw new IllegalStateException("A listener of the readiness that fails must not matter");
	}

	@Override
	public void failed(PreforkException cause) {
		this.failures.add(Objects.requireNonNull(cause));
	}

	@Override
	public void close() {
		this.fleet.stop(true).handle((result, ex) -> result).join();
		this.processes.forEach(Process::destroyForcibly);
	}

	/**
	 * Closes the child's end of the channel when the master has closed its own.
	 *
	 * @param channel the channel
	 * @param listener is told the messages
	 */
	private record ClosedWithMaster(ChildChannel channel, Consumer<ToChild> listener) implements ChildChannel.Listener {

		@Override
		public void received(ToChild message) {
			this.listener.accept(message);
		}

		@Override
		public void passed(FileDescriptor listener) {
		}

		@Override
		public void closed() {
			this.channel.close();
		}

	}

}
