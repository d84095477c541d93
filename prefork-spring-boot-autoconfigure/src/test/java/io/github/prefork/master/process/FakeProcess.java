package io.github.prefork.master.process;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A process that a test drives.
 */
public class FakeProcess extends Process {

	private final long pid;

	private final CompletableFuture<Process> exit = new CompletableFuture<>();

	private final List<String> signals = new ArrayList<>();

	private volatile @Nullable Integer exitValue;

	/**
	 * Create a process that runs.
	 * @param pid its process id
	 */
	public FakeProcess(long pid) {
		this.pid = pid;
	}

	void exit(int value) {
		this.exitValue = value;
		this.exit.complete(this);
	}

	List<String> signals() {
		return this.signals;
	}

	@Override
	public long pid() {
		return this.pid;
	}

	@Override
	public CompletableFuture<Process> onExit() {
		return this.exit;
	}

	@Override
	public boolean waitFor(long timeout, TimeUnit unit) {
		return this.exit.isDone();
	}

	@Override
	public int waitFor() {
		this.exit.join();
		return exitValue();
	}

	@Override
	public int exitValue() {
		Integer value = this.exitValue;
		if (value == null) {
			throw new IllegalThreadStateException();
		}
		return value;
	}

	@Override
	public void destroy() {
		this.signals.add("TERM");
	}

	@Override
	public Process destroyForcibly() {
		this.signals.add("KILL");
		exit(137);
		return this;
	}

	@Override
	public OutputStream getOutputStream() {
		return OutputStream.nullOutputStream();
	}

	@Override
	public InputStream getInputStream() {
		return InputStream.nullInputStream();
	}

	@Override
	public InputStream getErrorStream() {
		return InputStream.nullInputStream();
	}

}
