package io.github.prefork.master.command;

import java.util.Map;

/**
 * Files with the given contents, and the directories {@code /dir} and {@code /}.
 *
 * @param contents the contents by name
 */
record TestOptionFiles(Map<String, String> contents) implements OptionFiles {

	static final OptionFiles NONE = new TestOptionFiles(Map.of());

	@Override
	public boolean isDirectory(String name) {
		return "/dir".equals(name) || "/".equals(name);
	}

	@Override
	public boolean exists(String name) {
		return this.contents.containsKey(name) || isDirectory(name);
	}

	@Override
	public String read(String name) {
		return this.contents.get(name);
	}

	@Override
	public Long modified(String name) {
		return null;
	}

	@Override
	public void remove(String name) {
		throw new IllegalStateException("There is no " + name);
	}

}
