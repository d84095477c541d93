package io.github.prefork.child;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import io.github.prefork.ChildIdentity;
import io.github.prefork.channel.ChannelAddress;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.child.drain.ServerConnections;
import io.github.prefork.process.CompilerRest;
import io.github.prefork.process.NativeHeap;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The tie of this child to its master, from the accepted claim to the end of the process.
 * Safe for use by several threads.
 */
public final class ChildLink {

	private static final Log logger = LogFactory.getLog(ChildLink.class);

	/** The end of the channel tells at once; this is for when it does not end. */
	private static final long MASTER_CHECK_MILLIS = 1000;

	/**
	 * How many heartbeats late this process may be before it counts as having stood
	 * still.
	 */
	private static final int LONGEST_STEP = 3;

	private final ChildChannel channel;

	private final ChannelAddress address;

	private final LoopProbe probe;

	private final ServerConnections connections = new ServerConnections();

	private final FiguresOfChild figures;

	private final ServerListeners listeners;

	private final Ending ending;

	private final Departure departure;

	private final ChildEvents events = new ChildEvents();

	private final ChildPlace place;

	private final Examination examination;

	private final OutOfMemoryWatch outOfMemory;

	private final MasterRequests requests;

	private volatile IntConsumer survey = (children) -> {
	};

	private final List<Future<?>> routine = new CopyOnWriteArrayList<>();

	/**
	 * Create the tie; it does nothing before {@link #open()}.
	 * @param channel the channel of the accepted claim
	 * @param address the address of the master
	 * @param exit how the process ends
	 */
	ChildLink(ChildChannel channel, ChannelAddress address, ChildExit exit) {
		this.channel = channel;
		this.address = address;
		this.requests = new MasterRequests(channel);
		this.listeners = new ServerListeners(channel, this.connections);
		ToChild.Welcome welcome = channel.welcome();
		this.place = new ChildPlace(welcome.slot(), this.events);
		ChildIdentity identity = new ChildIdentity(this.place.slot(), welcome.generation(),
				ProcessHandle.current().pid());
		this.probe = new LoopProbe(System::nanoTime,
				Duration.ofMillis(welcome.heartbeatMillis()).multipliedBy(LONGEST_STEP));
		this.figures = new FiguresOfChild(this.probe, this.connections);
		this.examination = new Examination(identity.toString(), this.probe, System.out);
		this.ending = new Ending(identity.toString(), channel, this.listeners, this.connections, exit);
		this.departure = new Departure(identity.toString(), channel, MasterWatch.of(address), this.listeners,
				this.ending);
		this.outOfMemory = new OutOfMemoryWatch(
				new OutOfMemoryExit(channel, exit, OutOfMemoryOption::isInForce)::check);
	}

	/**
	 * Obey the master and send heartbeats from now on.
	 */
	void open() {
		repeat(this::beat, 0, welcome().heartbeatMillis());
		repeat(this::lookForMaster, MASTER_CHECK_MILLIS, MASTER_CHECK_MILLIS);
		repeat(CompilerRest.ofThisJvm(ChildLink::giveMemoryBack)::look, CompilerRest.INTERVAL_MILLIS,
				CompilerRest.INTERVAL_MILLIS);
		this.channel.listen(new Ear(this.channel, this.listeners, this.place, this.examination, this.departure,
				this.requests, this::startSurvey, this::endRoutine));
		if (Debugger.mayStopThisJvm()) {
			this.channel.send(new ToMaster.Debugged());
		}
	}

	/**
	 * Tell the master what this child is.
	 * @param description the description
	 */
	public void describe(ToMaster.Described description) {
		this.channel.send(description);
	}

	private void repeat(Runnable task, long delay, long interval) {
		this.routine.add(this.channel.executor()
			.scheduleWithFixedDelay(() -> attempt(task), delay, Math.max(1, interval), TimeUnit.MILLISECONDS));
	}

	// A heartbeat must not wait for it
	private static void giveMemoryBack() {
		Thread thread = new Thread(NativeHeap::trim, "prefork-memory");
		thread.setDaemon(true);
		thread.start();
	}

	// A task that throws would not be run again, and this child be taken for one that
	// hangs
	private static void attempt(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.warn("A routine of the tie to the master has failed", ex);
		}
	}

	private void beat() {
		this.channel.beat(this.figures.heartbeat());
	}

	private void lookForMaster() {
		if (this.departure.masterLoss().masterIsGone()) {
			this.requests.close();
			endRoutine();
		}
	}

	private void endRoutine() {
		this.routine.forEach((task) -> task.cancel(false));
	}

	/**
	 * Set what happens when the master dies; until then the child exits.
	 * @param onMasterDeath what to do
	 */
	public void onMasterDeath(OnMasterDeath onMasterDeath) {
		this.departure.masterLoss().onMasterDeath(onMasterDeath);
	}

	/**
	 * Set how long a connection may be idle when the child goes; until then one second.
	 * @param idleTimeout the time
	 */
	public void drainIdleTimeout(Duration idleTimeout) {
		this.ending.idleTimeout(idleTimeout);
	}

	/**
	 * Set what writes to the log what each child does.
	 * @param survey does so, for a number of children, on a thread of its own
	 */
	public void survey(IntConsumer survey) {
		this.survey = survey;
	}

	private void startSurvey(int children) {
		Thread thread = new Thread(() -> this.survey.accept(children), "prefork-survey");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Return the connections of the main server.
	 * @return the connections
	 */
	public ServerConnections connections() {
		return this.connections;
	}

	/**
	 * Return the slot of this child.
	 * @return the slot now, -1 in a standby
	 */
	public int slot() {
		return this.place.slot();
	}

	/**
	 * Return whether this child leads the fleet.
	 * @return what the master has said last
	 */
	public boolean leader() {
		return this.place.leader();
	}

	ChildEvents events() {
		return this.events;
	}

	void readiness(boolean accepting) {
		this.departure.readiness(accepting);
		send(new ToMaster.Readiness(accepting));
	}

	/**
	 * Return what the master said to the claim.
	 * @return the welcome, with slot and generation
	 */
	public ToChild.Welcome welcome() {
		return this.channel.welcome();
	}

	/**
	 * Return the address of the master.
	 * @return the address
	 */
	public ChannelAddress address() {
		return this.address;
	}

	/**
	 * Return what sees that memory has run out.
	 * @return the watch
	 */
	public OutOfMemoryWatch outOfMemory() {
		return this.outOfMemory;
	}

	/**
	 * Return what this child asks its master.
	 * @return the requests
	 */
	public MasterRequests requests() {
		return this.requests;
	}

	void send(ToMaster message) {
		this.channel.send(message);
	}

	ServerListeners listeners() {
		return this.listeners;
	}

	LoopProbe probe() {
		return this.probe;
	}

	Departure departure() {
		return this.departure;
	}

}
