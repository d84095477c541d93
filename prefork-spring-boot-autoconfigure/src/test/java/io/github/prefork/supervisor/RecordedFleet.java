package io.github.prefork.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

import io.github.prefork.Build;
import io.github.prefork.ChildStartException;
import io.github.prefork.OperationResult;
import io.github.prefork.PreforkEvent;
import io.github.prefork.PreforkException;
import io.github.prefork.ScaleResult;
import org.jspecify.annotations.Nullable;

/**
 * A supervisor whose outside is recorded: every process, message and event is one line,
 * in order. Children do only what a test lets them do.
 */
final class RecordedFleet {

	static final SupervisorSettings SETTINGS = new SupervisorSettings(3, 5, 0, 1, true, Duration.ofSeconds(60), 2,
			Duration.ZERO, Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofSeconds(10),
			new SupervisorSettings.Recovery(5, Duration.ofSeconds(60), Duration.ZERO, Duration.ofSeconds(30),
					OnExceeded.FAIL),
			HookRule.ABORT, SupervisorSettings.Recycle.OFF);

	final List<String> lines = new ArrayList<>();

	final List<String> logs = new ArrayList<>();

	final List<PreforkEvent> events = new ArrayList<>();

	final Supervisor supervisor;

	private final SupervisorSettings settings;

	@Nullable PreforkException cause;

	@Nullable Class<? extends PreforkEvent> failingHook;

	boolean failLaunches;

	/** Launches that were made in a special way. */
	final Set<Long> special = new TreeSet<>();

	/** Launches that nothing more is asked about. */
	final List<Long> over = new ArrayList<>();

	boolean failListeners;

	private int listeners;

	ProcessLook look = ProcessLook.NONE;

	Build next = Build.UNKNOWN;

	/** The requests of each child, by launch. */
	final Map<Long, Long> requests = new HashMap<>();

	/** The memory of each child in MiB, by launch. */
	final Map<Long, Long> memory = new HashMap<>();

	/** How long the process of each child was there before, by launch. */
	final Map<Long, Duration> headStarts = new HashMap<>();

	/** Launches with a head start that have not used it. */
	final Set<Long> slow = new HashSet<>();

	/** How often requests or memory of a child were read. */
	int figures;

	/** The listeners that a connection waits on. */
	Set<Integer> waiting = Set.of();

	/** How often the length of a queue was read. */
	int readings;

	private boolean alerted;

	private long now = 1_000_000;

	RecordedFleet(SupervisorSettings settings) {
		this.settings = settings;
		this.listeners = (settings.owned()) ? settings.children() : 1;
		this.supervisor = new Supervisor(settings, new Ports(() -> this.now, new RecordedProcesses(),
				new RecordedMessenger(), new RecordedListeners(), new RecordedAnnouncer(), new SplittableRandom(1)));
	}

	static RecordedFleet started() {
		RecordedFleet fleet = new RecordedFleet(SETTINGS);
		fleet.turn(new Input.Start());
		return fleet;
	}

	/**
	 * A fleet whose three children are ready, each accepting on its own listener alone.
	 */
	static RecordedFleet ready() {
		return ready(SETTINGS);
	}

	static RecordedFleet ready(Duration assistAfter) {
		return ready(TestSettings.like(SETTINGS).assistAfter(assistAfter).build());
	}

	static RecordedFleet ready(SupervisorSettings settings) {
		return ready(settings, Build.UNKNOWN);
	}

	static RecordedFleet ready(SupervisorSettings settings, Build build) {
		RecordedFleet fleet = new RecordedFleet(settings);
		fleet.next = build;
		fleet.turn(new Input.Start());
		fleet.becomeReady(1);
		fleet.becomeReady(2);
		fleet.becomeReady(3);
		fleet.live(Duration.ofSeconds(2), 1, 2, 3);
		fleet.lines.clear();
		return fleet;
	}

	static SupervisorSettings hanging(Duration heartbeatTimeout) {
		return TestSettings.like(SETTINGS).heartbeatTimeout(heartbeatTimeout).build();
	}

	static SupervisorSettings minReady(SupervisorSettings like, int minReady) {
		return TestSettings.like(like).minReady(minReady).build();
	}

	void turn(Input... inputs) {
		this.supervisor.turn(List.of(inputs));
	}

	/** Let time pass without a turn. */
	void sleep(Duration time) {
		this.now += time.toNanos();
	}

	/** Let time pass as it does, with a turn at each deadline and heartbeats. */
	void live(Duration time, long... beating) {
		long end = this.now + time.toNanos();
		while (this.now < end && !this.supervisor.isTerminated()) {
			if (this.alerted && !this.waiting.isEmpty()) {
				this.alerted = false;
				turn(new Input.QueueStirred());
			}
			long beat = this.now + Duration.ofMillis(100).toNanos();
			this.now = Math.min(end, Math.min(beat, Math.max(this.now + 1, this.supervisor.nextDeadline())));
			List<Input> inputs = new ArrayList<>();
			for (long launch : beating) {
				inputs.add(new Input.Heartbeat(launch));
			}
			this.supervisor.turn(inputs);
		}
	}

	void becomeReady(long launch) {
		turn(new Input.Claimed(launch), new Input.ServerStarting(launch));
		for (int i = 0; i < this.listeners; i++) {
			turn(new Input.ListenerHeld(launch, i));
		}
		turn(new Input.Readiness(launch, true));
		confirm();
	}

	/** Let all children confirm what they were last told. */
	void confirm() {
		List<Input> inputs = new ArrayList<>();
		this.lines.stream().filter((line) -> line.startsWith("accept ")).forEach((line) -> {
			String[] words = line.split(" ");
			inputs.add(new Input.Accepting(Long.parseLong(words[1]), Long.parseLong(words[2].substring(1))));
		});
		this.supervisor.turn(inputs);
	}

	List<String> lines(String start) {
		return this.lines.stream().filter((line) -> line.startsWith(start)).toList();
	}

	private void record(String line, Object... arguments) {
		this.lines.add(line.formatted(arguments));
	}

	private static Set<Integer> sorted(Set<Integer> listeners) {
		return new TreeSet<>(listeners);
	}

	private final class RecordedProcesses implements Processes {

		@Override
		public long launch(long launch, int slot, int generation) {
			record((generation == 0) ? "launch %d slot %d" : "launch %d slot %d generation %d", launch, slot,
					generation);
			if (RecordedFleet.this.failLaunches) {
				throw new ChildStartException(slot, null, "no process", null);
			}
			return 100 + launch;
		}

		@Override
		public long headStart(long launch) {
			return RecordedFleet.this.headStarts.getOrDefault(launch, Duration.ZERO).toNanos();
		}

		@Override
		public boolean hadToWait(long launch) {
			return !RecordedFleet.this.slow.contains(launch);
		}

		@Override
		public boolean discard(long launch) {
			return RecordedFleet.this.special.remove(launch);
		}

		@Override
		public void forget(long launch) {
			RecordedFleet.this.over.add(launch);
		}

		@Override
		public Build next() {
			return RecordedFleet.this.next;
		}

		@Override
		public ProcessLook look(long launch) {
			return RecordedFleet.this.look;
		}

		@Override
		public long requests(long launch) {
			RecordedFleet.this.figures++;
			return RecordedFleet.this.requests.getOrDefault(launch, 0L);
		}

		@Override
		public long residentMemory(long launch) {
			RecordedFleet.this.figures++;
			return RecordedFleet.this.memory.getOrDefault(launch, 0L) << 20;
		}

		@Override
		public void terminate(long launch) {
			record("terminate %d", launch);
		}

		@Override
		public void kill(long launch) {
			record("kill %d", launch);
		}

	}

	private final class RecordedMessenger implements Messenger {

		@Override
		public void passListeners(long launch, int own) {
			record("pass %d own %d", launch, own);
		}

		@Override
		public void passMore(long launch, int first) {
			record("pass more %d from %d", launch, first);
		}

		@Override
		public void accept(long launch, long version, Set<Integer> listeners) {
			record("accept %d v%d %s", launch, version, sorted(listeners));
		}

		@Override
		public void assign(long launch, int slot) {
			record("assign %d slot %d", launch, slot);
		}

		@Override
		public void lead(long launch, boolean leader) {
			record("lead %d %s", launch, leader);
		}

		@Override
		public void survey(long launch, int children) {
			record("survey %d %d", launch, children);
		}

		@Override
		public void closeListeners(long launch, long request, Set<Integer> listeners, boolean last) {
			record("close %d r%d %s%s", launch, request, sorted(listeners), (last) ? " last" : "");
		}

		@Override
		public void examine(long launch) {
			record("examine %d", launch);
		}

		@Override
		public void drain(long launch) {
			record("drain %d", launch);
		}

		@Override
		public void forget(long launch) {
			record("forget %d", launch);
		}

	}

	private final class RecordedListeners implements Listeners {

		@Override
		public int count() {
			return RecordedFleet.this.listeners;
		}

		@Override
		public void add(int more) {
			record("add %d listeners", more);
			if (RecordedFleet.this.failListeners) {
				throw new IllegalStateException("no descriptors");
			}
			RecordedFleet.this.listeners += more;
		}

		@Override
		public void listen() {
		}

		@Override
		public int queueLength(int listener) {
			RecordedFleet.this.readings++;
			return RecordedFleet.this.waiting.contains(listener) ? 1 : 0;
		}

		@Override
		public boolean alert() {
			RecordedFleet.this.alerted = true;
			return true;
		}

		@Override
		public void close() {
			record("close master");
		}

	}

	private final class RecordedAnnouncer implements Announcer {

		@Override
		public void publish(PreforkEvent event) {
			RecordedFleet.this.events.add(event);
			record("event %s", event.getClass().getSimpleName());
			if (event.getClass() == RecordedFleet.this.failingHook) {
				throw new IllegalStateException("planned");
			}
		}

		@Override
		public void hookFailed(PreforkEvent event, RuntimeException failure) {
			record("hook failed %s", event.getClass().getSimpleName());
		}

		@Override
		public void readiness(boolean accepting) {
			record("readiness %s", accepting);
		}

		@Override
		public void finished(long request, OperationResult result) {
			String kind = (result instanceof ScaleResult scaled)
					? "scaled %d from %d to %d".formatted(request, scaled.before(), scaled.children())
					: "rolled out " + request;
			record("%s %s%s", kind, result.outcome(), (result.reason() != null) ? ": " + result.reason() : "");
		}

		@Override
		public void started() {
			record("started");
		}

		@Override
		public void stopped(@Nullable PreforkException cause) {
			record("stopped");
			RecordedFleet.this.cause = cause;
		}

		@Override
		public void log(String line) {
			RecordedFleet.this.logs.add(line);
		}

	}

}
