package io.github.prefork.process;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Gives memory back when the compilers of this JVM have come to rest after much work: at
 * the end of the start, and of the warm-up. Not safe for use by several threads at once.
 */
public final class CompilerRest {

	/** The time between two looks, in milliseconds. */
	public static final long INTERVAL_MILLIS = 5000;

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

	/**
	 * Return the one for this JVM.
	 * @param giveBack gives the memory back; called by whoever looks
	 * @return the one that reads how much this JVM has compiled
	 */
	public static CompilerRest ofThisJvm(Runnable giveBack) {
		@Nullable CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
		boolean known = compiler != null && compiler.isCompilationTimeMonitoringSupported();
		return new CompilerRest((known) ? compiler::getTotalCompilationTime : () -> 0, giveBack);
	}

	/**
	 * See what was compiled since the last look. Has to be called at the
	 * {@linkplain #INTERVAL_MILLIS interval}.
	 */
	public void look() {
		long now = this.compileMillis.getAsLong();
		boolean rests = now - this.seen <= LITTLE_MILLIS;
		this.seen = now;
		if (rests && now - this.givenBack >= MUCH_MILLIS) {
			this.givenBack = now;
			this.giveBack.run();
		}
	}

}
