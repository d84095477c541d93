package io.github.prefork.scenario.faulty;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

import io.github.prefork.ConditionalOnPreforkRole;
import io.github.prefork.PreforkRole;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import org.springframework.util.Assert;

/**
 * Holds up the context of the master, if told to, until there is a file of the name
 * {@code go} or {@code fail} in the working directory.
 */
@Component
@ConditionalOnPreforkRole(PreforkRole.MASTER)
@ConditionalOnProperty("faulty.master")
class FaultyMaster {

	private static final long POLL_NANOS = 20_000_000;

	FaultyMaster() {
		while (Files.notExists(Path.of("go"))) {
			Assert.state(Files.notExists(Path.of("fail")), "planned failure of the master");
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

}
