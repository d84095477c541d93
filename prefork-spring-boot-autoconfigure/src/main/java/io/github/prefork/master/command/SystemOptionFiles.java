package io.github.prefork.master.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Predicate;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;

/**
 * Looks at the files themselves.
 */
final class SystemOptionFiles implements OptionFiles {

	private static final Log logger = LogFactory.getLog(SystemOptionFiles.class);

	@Override
	public boolean isDirectory(String name) {
		return is(Files::isDirectory, name);
	}

	@Override
	public boolean exists(String name) {
		return is(Files::exists, name);
	}

	private boolean is(Predicate<Path> what, String name) {
		try {
			return what.test(Path.of(name));
		}
		catch (InvalidPathException ex) {
			return false;
		}
	}

	@Override
	public @Nullable String read(String name) {
		// What came through a pipe, such as java @<(...), is used up or never ends
		if (!is(Files::isRegularFile, name)) {
			return null;
		}
		try {
			return new String(Files.readAllBytes(Path.of(name)), JvmFactsReader.argumentCharset());
		}
		catch (IOException ex) {
			logger.debug(LogMessage.format("The options in file '%s' can't be read", name), ex);
			return null;
		}
	}

	@Override
	public @Nullable Long modified(String name) {
		try {
			return (is(Files::isRegularFile, name)) ? Files.getLastModifiedTime(Path.of(name)).toMillis() : null;
		}
		catch (IOException ex) {
			return null;
		}
	}

	@Override
	public void remove(String name) {
		try {
			Files.deleteIfExists(Path.of(name));
		}
		catch (IOException | InvalidPathException ex) {
			logger.debug(LogMessage.format("File '%s' can't be removed", name), ex);
		}
	}

}
