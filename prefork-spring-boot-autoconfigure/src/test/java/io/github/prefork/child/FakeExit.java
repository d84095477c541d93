package io.github.prefork.child;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Records how a child would have ended its process.
 */
final class FakeExit implements ChildExit {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	List<String> calls() {
		return this.calls;
	}

	@Override
	public void exit(int status) {
		this.calls.add("exit " + status);
	}

	@Override
	public void halt(int status) {
		this.calls.add("halt " + status);
	}

	@Override
	public void obeyTerminal() {
		this.calls.add("obey terminal");
	}

}
