package io.github.prefork.aside.app;

/**
 * Writes lines that tell which process has written them.
 */
final class Say {

	private Say() {
	}

	static void line(String text) {
		System.out.println("%d says: %s".formatted(ProcessHandle.current().pid(), text));
	}

}
