package io.github.prefork.child;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.github.prefork.MasterDied;
import io.github.prefork.channel.ChildChannel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.log.LogMessage;

/**
 * What a child does when the channel or the master has ended. Everything but the settings
 * belongs to the channel's thread.
 */
final class MasterLoss {

	private static final int MASTER_CHECKS = 5;

	private static final long MASTER_CHECK_MILLIS = 20;

	private static final Log logger = LogFactory.getLog(MasterLoss.class);

	private final String name;

	private final ChildChannel channel;

	private final MasterWatch master;

	private final Solitude solitude;

	private final Ending ending;

	private final BooleanSupplier go;

	/** Whether the end of the channel or of the master was noticed. */
	private boolean lost;

	private volatile OnMasterDeath onMasterDeath = OnMasterDeath.EXIT;

	private volatile @Nullable ConfigurableApplicationContext context;

	/**
	 * Create what happens.
	 * @param name the name of the child in the log
	 * @param channel the channel to the master
	 * @param master the master
	 * @param solitude the life without a master
	 * @param ending the end of the child
	 * @param go called first, with the answer whether nothing had asked the child to go
	 */
	MasterLoss(String name, ChildChannel channel, MasterWatch master, Solitude solitude, Ending ending,
			BooleanSupplier go) {
		this.name = name;
		this.channel = channel;
		this.master = master;
		this.solitude = solitude;
		this.ending = ending;
		this.go = go;
	}

	void attach(ConfigurableApplicationContext context) {
		this.context = context;
	}

	void onMasterDeath(OnMasterDeath onMasterDeath) {
		this.onMasterDeath = onMasterDeath;
	}

	/**
	 * The channel has ended.
	 */
	void channelClosed() {
		if (!this.lost) {
			boolean staying = lose();
			checkMaster(MASTER_CHECKS, staying);
		}
	}

	/**
	 * Look whether the process of the master has ended, though the channel has not:
	 * another process may hold the master's end of it open.
	 * @return whether it has ended
	 */
	boolean masterIsGone() {
		boolean gone = this.lost || this.master.processHasEnded();
		if (gone && !this.lost) {
			masterDied(lose());
		}
		return gone;
	}

	private boolean lose() {
		this.lost = true;
		return this.go.getAsBoolean();
	}

	private void checkMaster(int checks, boolean staying) {
		// A dying process closes its sockets one after the other, so look again. Where
		// the master lives on and has only let go of this child, its siblings still need
		// the listeners
		if (this.master.isGone()) {
			masterDied(staying);
		}
		else if (checks > 0) {
			this.channel.executor()
				.schedule(() -> checkMaster(checks - 1, staying), MASTER_CHECK_MILLIS, TimeUnit.MILLISECONDS);
		}
		else {
			logger.warn(LogMessage.format("The master with pid %s has let go of child %s, which drains",
					this.master.pid(), this.name));
			this.ending.exitOrHalt(false, () -> {
			});
		}
	}

	private void masterDied(boolean staying) {
		this.master.removeSocket();
		if (staying && this.onMasterDeath == OnMasterDeath.IGNORE && this.solitude.begin()) {
			logger.warn(LogMessage.format(
					"The master with pid %s is gone. Child %s goes on without it: nobody replaces "
							+ "it, and the port stays taken until the last child has ended",
					this.master.pid(), this.name));
			this.ending.putOff(this::publish);
		}
		else {
			logger.warn(
					LogMessage.format("The master with pid %s is gone, child %s drains", this.master.pid(), this.name));
			// Siblings that live on without a master need the listeners too
			this.ending.exitOrHalt(this.onMasterDeath == OnMasterDeath.EXIT, this::publish);
		}
	}

	private void publish() {
		ContextEvents.publish(this.context, new MasterDied(this.master.pid()));
	}

}
