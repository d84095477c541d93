package io.github.prefork.supervisor;

import java.time.Duration;

import io.github.prefork.supervisor.SupervisorSettings.Recovery;
import io.github.prefork.supervisor.SupervisorSettings.Recycle;

/**
 * Builds settings of a supervisor that differ little from others.
 */
public final class TestSettings {

	private int children;

	private int maxChildren;

	private int standby;

	private int minReady;

	private boolean owned;

	private Duration bootTimeout;

	private int bootParallelism;

	private Duration assistAfter;

	private Duration stallTimeout;

	private Duration heartbeatTimeout;

	private Duration gracePeriod;

	private Recovery recovery;

	private HookRule hooks;

	private Recycle recycle;

	private TestSettings(SupervisorSettings like) {
		this.children = like.children();
		this.maxChildren = like.maxChildren();
		this.standby = like.standby();
		this.minReady = like.minReady();
		this.owned = like.owned();
		this.bootTimeout = like.bootTimeout();
		this.bootParallelism = like.bootParallelism();
		this.assistAfter = like.assistAfter();
		this.stallTimeout = like.stallTimeout();
		this.heartbeatTimeout = like.heartbeatTimeout();
		this.gracePeriod = like.gracePeriod();
		this.recovery = like.recovery();
		this.hooks = like.hooks();
		this.recycle = like.recycle();
	}

	public static TestSettings like(SupervisorSettings settings) {
		return new TestSettings(settings);
	}

	public TestSettings children(int children) {
		this.children = children;
		return this;
	}

	public TestSettings maxChildren(int maxChildren) {
		this.maxChildren = maxChildren;
		return this;
	}

	public TestSettings standby(int standby) {
		this.standby = standby;
		return this;
	}

	public TestSettings minReady(int minReady) {
		this.minReady = minReady;
		return this;
	}

	public TestSettings owned(boolean owned) {
		this.owned = owned;
		return this;
	}

	public TestSettings bootTimeout(Duration bootTimeout) {
		this.bootTimeout = bootTimeout;
		return this;
	}

	public TestSettings bootParallelism(int bootParallelism) {
		this.bootParallelism = bootParallelism;
		return this;
	}

	public TestSettings assistAfter(Duration assistAfter) {
		this.assistAfter = assistAfter;
		return this;
	}

	public TestSettings stallTimeout(Duration stallTimeout) {
		this.stallTimeout = stallTimeout;
		return this;
	}

	public TestSettings heartbeatTimeout(Duration heartbeatTimeout) {
		this.heartbeatTimeout = heartbeatTimeout;
		return this;
	}

	public TestSettings gracePeriod(Duration gracePeriod) {
		this.gracePeriod = gracePeriod;
		return this;
	}

	public TestSettings recovery(Recovery recovery) {
		this.recovery = recovery;
		return this;
	}

	public TestSettings hooks(HookRule hooks) {
		this.hooks = hooks;
		return this;
	}

	public TestSettings recycle(Recycle recycle) {
		this.recycle = recycle;
		return this;
	}

	public SupervisorSettings build() {
		return new SupervisorSettings(this.children, this.maxChildren, this.standby, this.minReady, this.owned,
				this.bootTimeout, this.bootParallelism, this.assistAfter, this.stallTimeout, this.heartbeatTimeout,
				this.gracePeriod, this.recovery, this.hooks, this.recycle);
	}

}
