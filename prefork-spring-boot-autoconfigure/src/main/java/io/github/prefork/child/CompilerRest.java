package io.github.prefork.child;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

import io.github.prefork.process.NativeHeap;
import org.jspecify.annotations.Nullable;

/**
 * Gives memory back when the compilers of this JVM have come to rest after much work: at
 * the end of the start, and of the warm-up. Has to be looked at regularly, always by the
 * same thread.
 */
final class CompilerRest {

	/** The time between two looks, in milliseconds. */
	static final long INTERVAL_MILLIS = 5000;

	/** With less work since the last time there is too little to give back. */
	private static final long MUCH_MILLIS = 500;

	/** With more work between two looks the compilers would soon need it again. */
	private static final long LITTLE_MILLIS = INTERVAL_MILLIS / 10;

	private final LongSupplier compileMillis;

	private final Runnable giveBack;

	private long seen;

	private long givenBack;

	CompilerRest(LongSupplier compileMillis, Runnable giveBack) {
		this.compileMillis = compileMillis;
		this.giveBack = giveBack;
	}

	static CompilerRest ofThisJvm() {
		@Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		boolean known = compiler != null && compiler.isCompilationTimeMonitoringSupported();
		return new CompilerRest((known) ? compiler::getTotalCompilationTime : () -> 0, CompilerRest::start);
	}

	private static void start() {
		Thread thread = new Thread(NativeHeap::trim, "prefork-memory");
		thread.setDaemon(true);
		thread.start();
	}

	void look() {
		long now = this.compileMillis.getAsLong();
		boolean rests = now - this.seen <= LITTLE_MILLIS;
		this.seen = now;
		if (rests && now - this.givenBack >= MUCH_MILLIS) {
			this.givenBack = now;
			this.giveBack.run();
		}
	}

}
