package io.github.prefork.child;

/**
 * How a child ends its process.
 */
interface ChildExit {

	/**
	 * Ends this JVM.
	 */
	ChildExit JVM = new ChildExit() {

		@Override
		public void exit(int status) {
			System.exit(status);
		}

		@Override
		public void halt(int status) {
			Runtime.getRuntime().halt(status);
		}

		@Override
		public void obeyTerminal() {
			TerminalSignals.obey();
		}

	};

	/**
	 * End the process in order: shutdown hooks run. Does not return.
	 * @param status the exit status
	 */
	void exit(int status);

	/**
	 * End the process at once. Does not return.
	 * @param status the exit status
	 */
	void halt(int status);

	/**
	 * Let the signals of a terminal end the process from now on. Until then they are the
	 * master's.
	 */
	void obeyTerminal();

}
