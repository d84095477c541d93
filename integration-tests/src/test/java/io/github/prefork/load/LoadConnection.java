package io.github.prefork.load;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One connection of a run: takes requests from the schedule one after the other, on its
 * own thread, until there is none left.
 */
final class LoadConnection implements Runnable {

	private final LoadPlan plan;

	private final InetSocketAddress address;

	private final Schedule schedule;

	private final Recorder recorder;

	LoadConnection(LoadPlan plan, InetSocketAddress address, Schedule schedule, Recorder recorder) {
		this.plan = plan;
		this.address = address;
		this.schedule = schedule;
		this.recorder = recorder;
	}

	@Override
	public void run() {
		try (Wire wire = new Wire()) {
			Exchange exchange = new Exchange(this.plan, this.address, wire, this.recorder);
			for (long number = this.schedule.take(); number >= 0; number = this.schedule.take()) {
				this.recorder.started();
				this.recorder.finished(exchange.perform(number, this.schedule));
			}
		}
		catch (IOException | RuntimeException ex) {
			this.recorder.broken(ex);
		}
	}

}
