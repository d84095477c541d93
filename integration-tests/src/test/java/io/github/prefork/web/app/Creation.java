package io.github.prefork.web.app;

/**
 * Tells in which process a bean is created.
 */
final class Creation {

	private Creation() {
	}

	static void announce(String name) {
		System.out.println("The " + name + " is created in " + ProcessHandle.current().pid());
	}

}
