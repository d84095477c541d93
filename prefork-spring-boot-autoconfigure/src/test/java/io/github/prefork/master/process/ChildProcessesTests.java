package io.github.prefork.master.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.prefork.ChildCommand;
import io.github.prefork.ChildLauncher;
import io.github.prefork.ChildLauncherException;
import io.github.prefork.ChildLauncherException.Problem;
import io.github.prefork.ChildStartException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ChildProcesses}.
 */
class ChildProcessesTests {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private static final ChildCommand COMMAND = command("true");

	private final List<String> exits = new CopyOnWriteArrayList<>();

	private final FakeProcess process = new FakeProcess(42);

	@Test
	void launchReturnsPid() {
		assertThat(processes((command) -> this.process).launch(1, COMMAND)).isEqualTo(42);
	}

	@Test
	void launchWhenProcessExitsTellsOnce() {
		processes((command) -> this.process).launch(1, COMMAND);
		assertThat(this.exits).isEmpty();
		this.process.exit(3);
		this.process.exit(3);
		assertThat(this.exits).containsExactly("1 42 3");
	}

	@Test
	void launchWhenProcessHasGoneAlreadyTells() {
		this.process.exit(1);
		processes((command) -> this.process).launch(1, COMMAND);
		assertThat(this.exits).containsExactly("1 42 1");
	}

	@Test
	void launchWhenLauncherFailsThrowsException() {
		IOException cause = new IOException("no such file");
		assertStartFailure((command) -> {
			throw cause;
		}, Problem.FAILED, "no such file");
		assertStartFailure((command) -> {
			throw new IllegalStateException("not today");
		}, Problem.FAILED, "not today");
	}

	@Test
	@SuppressWarnings("NullAway")
	void launchWhenLauncherReturnsNullThrowsException() {
		assertStartFailure((command) -> null, Problem.RETURNED_NULL, "returned null");
	}

	@Test
	void launchWhenProcessNeverRanThrowsException() {
		assertStartFailure((command) -> new FakeProcess(0), Problem.NOT_STARTED, "not started");
		assertStartFailure((command) -> new FakeProcess(1) {

			@Override
			public long pid() {
				throw new UnsupportedOperationException();
			}

		}, Problem.NOT_STARTED, "not started");
		assertStartFailure((command) -> new FakeProcess(1) {

			@Override
			public boolean isAlive() {
				return false;
			}

		}, Problem.NOT_STARTED, "not started");
	}

	@Test
	void launchWhenProcessIsReturnedAgainThrowsException() {
		ChildProcesses processes = processes((command) -> this.process);
		processes.launch(1, COMMAND);
		assertThatExceptionOfType(ChildLauncherException.class).isThrownBy(() -> processes.launch(2, COMMAND))
			.withMessageContaining("returned before")
			.satisfies((ex) -> assertThat(ex.getProblem()).isEqualTo(Problem.RETURNED_BEFORE));
		assertThat(this.process.signals()).isEmpty();
	}

	@Test
	void launchWhenProcessCannotBeWatchedKillsIt() {
		FakeProcess unwatchable = new FakeProcess(1) {

			@Override
			public CompletableFuture<Process> onExit() {
				throw new UnsupportedOperationException();
			}

		};
		assertStartFailure((command) -> unwatchable, Problem.NOT_WATCHABLE, "whose end can't be waited for");
		assertThat(unwatchable.signals()).containsExactly("KILL");
	}

	@Test
	void launchWhenClosedThrowsException() {
		ChildProcesses processes = processes((command) -> this.process);
		processes.close();
		assertThatExceptionOfType(ChildStartException.class).isThrownBy(() -> processes.launch(1, COMMAND));
		assertThat(this.process.signals()).isEmpty();
	}

	@Test
	void launchWhenClosedMeanwhileKillsTheProcess() {
		ChildProcesses[] processes = new ChildProcesses[1];
		processes[0] = processes((command) -> {
			processes[0].close();
			return this.process;
		});
		assertThatExceptionOfType(ChildStartException.class).isThrownBy(() -> processes[0].launch(1, COMMAND));
		assertThat(this.process.signals()).containsExactly("KILL");
		assertThat(this.exits).isEmpty();
	}

	@Test
	void terminateAndKillSignalTheProcess() {
		ChildProcesses processes = processes((command) -> this.process);
		processes.launch(1, COMMAND);
		processes.terminate(1);
		processes.terminate(2);
		processes.kill(1);
		processes.kill(1);
		processes.terminate(1);
		assertThat(this.process.signals()).containsExactly("TERM", "KILL");
	}

	@Test
	void closeWhenChildrenAreLeftKillsThem() {
		FakeProcess gone = new FakeProcess(1);
		ChildProcesses processes = processes((command) -> (command.slot() == 1) ? gone : this.process);
		processes.launch(1, new ChildCommand(1, 0, List.of("true"), Map.of()));
		processes.launch(2, COMMAND);
		gone.exit(0);
		processes.close();
		assertThat(gone.signals()).isEmpty();
		assertThat(this.process.signals()).containsExactly("KILL");
		assertThat(this.exits).containsExactly("1 1 0", "2 42 137");
	}

	@Test
	void launchWhenProcessIsRealTellsItsStatus() {
		ChildProcesses processes = processes(new DefaultChildLauncher());
		long pid = processes.launch(1, command("exit 7"));
		Awaitility.await().atMost(DEADLINE).until(() -> !this.exits.isEmpty());
		assertThat(this.exits).containsExactly("1 " + pid + " 7");
	}

	@Test
	void closeWhenProcessIsRealLeavesNone() {
		ChildProcesses processes = processes(new DefaultChildLauncher());
		long pid = processes.launch(1, command("kill -STOP $$"));
		processes.close();
		Awaitility.await().atMost(DEADLINE).until(() -> !this.exits.isEmpty());
		assertThat(this.exits).containsExactly("1 " + pid + " 137");
		assertThat(ProcessHandle.of(pid)).isEmpty();
	}

	@Test
	void launchWhenProgramIsMissingThrowsException() {
		ChildProcesses processes = processes(new DefaultChildLauncher());
		ChildCommand missing = new ChildCommand(4, 0, List.of("/no/such/program"), Map.of());
		assertThatExceptionOfType(ChildStartException.class).isThrownBy(() -> processes.launch(1, missing))
			.withMessageContaining("slot 4")
			.withMessageContaining("/no/such/program")
			.isExactlyInstanceOf(ChildStartException.class)
			.satisfies((ex) -> assertThat(ex.getSlot()).isEqualTo(4));
	}

	private void assertStartFailure(ChildLauncher launcher, Problem problem, String message) {
		assertThatExceptionOfType(ChildLauncherException.class).isThrownBy(() -> processes(launcher).launch(1, COMMAND))
			.withMessageContaining("slot 0")
			.withMessageContaining(launcher.getClass().getName())
			.withMessageContaining(message)
			.satisfies((ex) -> {
				assertThat(ex.getProblem()).isEqualTo(problem);
				assertThat(ex.getExitCode()).isNull();
			});
		assertThat(this.exits).isEmpty();
	}

	private ChildProcesses processes(ChildLauncher launcher) {
		return new ChildProcesses(launcher,
				(launch, child, exitValue, killed) -> this.exits.add(launch + " " + child.pid() + " " + exitValue));
	}

	private static ChildCommand command(String script) {
		return new ChildCommand(0, 0, List.of("/bin/sh", "-c", script), Map.of());
	}

}
