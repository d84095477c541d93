package io.github.prefork.master;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.prefork.channel.MasterChannel;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.supervisor.Input;

/**
 * Turns what the children say into inputs of the supervisor.
 */
final class ChannelInputs implements MasterChannel.Listener {

	private final Consumer<Input> inputs;

	private final SettingsComparison settings;

	private final ChildRequests requests;

	ChannelInputs(Consumer<Input> inputs, SettingsComparison settings, ChildRequests requests) {
		this.inputs = inputs;
		this.settings = settings;
		this.requests = requests;
	}

	@Override
	public void claimed(long launch, ToMaster.Hello hello) {
		this.inputs.accept(new Input.Claimed(launch));
	}

	@Override
	public void refused(long launch, String reason) {
		this.inputs.accept(new Input.Refused(launch, reason));
	}

	@Override
	public void closed(long launch) {
		this.inputs.accept(new Input.ChannelClosed(launch));
	}

	@Override
	public void received(long launch, ToMaster message) {
		if (message instanceof ToMaster.Heartbeat heartbeat) {
			this.inputs.accept((heartbeat.loopBlockedMillis() <= 0) ? new Input.Heartbeat(launch)
					: new Input.LoopBlocked(launch, TimeUnit.MILLISECONDS.toNanos(heartbeat.loopBlockedMillis())));
		}
		else if (message instanceof ToMaster.Readiness readiness) {
			this.inputs.accept(new Input.Readiness(launch, readiness.accepting()));
		}
		else if (message instanceof ToMaster.ServerStarting) {
			this.inputs.accept(new Input.ServerStarting(launch));
		}
		else if (message instanceof ToMaster.Leaving) {
			this.requests.leaving(launch);
			this.inputs.accept(new Input.Leaving(launch));
		}
		else if (message instanceof ToMaster.Failing failing) {
			this.inputs.accept(new Input.Failing(launch, failing.cause()));
		}
		else if (message instanceof ToMaster.Stuck stuck) {
			this.inputs.accept(new Input.Stuck(launch, stuck.where()));
		}
		else if (message instanceof ToMaster.Debugged) {
			this.inputs.accept(new Input.Debugged(launch));
		}
		else if (message instanceof ToMaster.OutOfMemory outOfMemory) {
			this.inputs.accept(new Input.OutOfMemory(launch, outOfMemory.detail()));
		}
		else if (message instanceof ToMaster.Described described) {
			described(launch, described);
		}
		else {
			others(launch, message);
		}
	}

	private void described(long launch, ToMaster.Described described) {
		this.inputs.accept(new Input.Described(launch, described.version().isEmpty() ? null : described.version(),
				(described.buildTime() != 0) ? Instant.ofEpochMilli(described.buildTime()) : null));
		this.settings.compare(described.settings());
	}

	private void others(long launch, ToMaster message) {
		if (message instanceof ToMaster.ListenerHeld held) {
			this.inputs.accept(new Input.ListenerHeld(launch, held.listener()));
		}
		else if (message instanceof ToMaster.Accepting accepting) {
			this.inputs.accept(new Input.Accepting(launch, accepting.version()));
		}
		else if (message instanceof ToMaster.AcceptBlocked blocked) {
			this.inputs.accept(new Input.AcceptBlocked(launch, blocked.listener(), blocked.blocked()));
		}
		else if (message instanceof ToMaster.ListenersClosed closed) {
			this.inputs.accept(new Input.ListenersClosed(launch, closed.request()));
		}
		else if (message instanceof ToMaster.ReportRequest request) {
			this.requests.report(launch, request);
		}
		else if (message instanceof ToMaster.OperationRequest request) {
			this.requests.operate(launch, request);
		}
	}

}
