package io.github.prefork.once;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.prefork.fleet.AcceptedConnections;
import io.github.prefork.fleet.FleetProcess;
import io.github.prefork.fleet.FleetProcessBuilder;
import io.github.prefork.fleet.SharedFleet;
import io.github.prefork.fleet.ThreadUse;
import io.github.prefork.load.ConnectionMode;
import io.github.prefork.load.FailureKind;
import io.github.prefork.load.LoadClient;
import io.github.prefork.load.LoadPlan;
import io.github.prefork.load.LoadReport;
import io.github.prefork.load.LoadRun;
import io.github.prefork.once.Database.JournalEntry;
import io.github.prefork.once.Database.Migration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a database, migrations, scheduled jobs, runners, a consumer and
 * pushed meters: the recipes of docs/run-once.md in a real fleet.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunOnceIT {

	private static final Duration DEADLINE = Duration.ofSeconds(150);

	@RegisterExtension
	@Order(1)
	private static final Database DATABASE = new Database();

	@RegisterExtension
	@Order(2)
	private static final PushedMeters PUSHED = new PushedMeters();

	@RegisterExtension
	@Order(3)
	private static final SharedFleet SHARED = new SharedFleet(RunOnceIT::setup);

	private FleetProcess fleet;

	private static FleetProcessBuilder setup() {
		DATABASE.clear();
		return FleetProcess.jar(Path.of(System.getProperty("recipes.jar")))
			.args("--prefork.children=3", "--prefork.boot-parallelism=2", "--spring.datasource.url=" + DATABASE.url(),
					"--recipes.cron=* * * * * *", "--recipes.slow-prices=1s", "--recipes.push.port=" + PUSHED.port(),
					"--recipes.push.step=1s");
	}

	@BeforeEach
	void start() throws IOException {
		this.fleet = SHARED.get();
		await(Pattern.compile("All 3 children are ready"));
	}

	@Test
	void migrationsAreDoneOnceByTheFirstChildBeforeTheOthersAreLaunched() throws Exception {
		MatchResult second = await(Pattern.compile("^(\\S+) .*Child in slot [12] \\(pid \\d+\\) launched"));
		assertThat(DATABASE.migrations()).extracting(Migration::version).containsExactly("1", "2");
		assertThat(DATABASE.migrations()).extracting(Migration::time)
			.allMatch(OffsetDateTime.parse(second.group(1))::isAfter);
		List<String> lines = linesOf("Migrating schema");
		assertThat(lines).hasSize(2).allMatch((line) -> line.contains(" " + pidOf(0) + " --- "));
		List<String> output = this.fleet.output();
		assertThat(output.indexOf(lines.get(1))).isLessThan(output.indexOf(linesOf(") launched").get(1)));
		assertThat(linesOf("No migration necessary")).hasSize(2);
	}

	@Test
	void masterHasNoPoolAndForItsHealthOneConnection() throws Exception {
		assertThat(AcceptedConnections.openedBy(this.fleet.pid(), DATABASE.port())).isEmpty();
		assertThat(ThreadUse.of(this.fleet.pid())).noneMatch((thread) -> thread.name().startsWith("Hikari"));
		assertThat(linesOf(" " + this.fleet.pid() + " --- ")).noneMatch((line) -> line.contains("Hikari"));
		for (long child : this.fleet.childPids()) {
			assertThat(AcceptedConnections.openedBy(child, DATABASE.port())).isNotEmpty();
		}
		assertThat(this.fleet.manage("GET", "/actuator/health", null).status()).isEqualTo(200);
		assertThat(AcceptedConnections.openedBy(this.fleet.pid(), DATABASE.port())).hasSize(1);
	}

	@Test
	void runnerThatClaimsItsWorkDoesItOnce() throws Exception {
		assertThat(DATABASE.journal("import")).extracting(JournalEntry::pid).containsExactly(pidOf(0));
	}

	@Test
	void warningAtStartListsNothingThatFollowsARecipe() {
		await(Pattern.compile("Each of the 3 children runs the whole application"));
		await(Pattern.compile("  - connection pool dataSource, 4 connections at most, together 12"));
		assertThat(linesOf("  - ")).hasSize(1);
	}

	@Test
	void jobOfTheMasterRunsThereOnly() {
		await(Pattern.compile("MasterJob +: 3 children"));
		assertThat(linesOf("recipes.MasterJob ")).allMatch((line) -> line.contains(" " + this.fleet.pid() + " --- "));
	}

	@Test
	void pushedMetersTellTheProcess() {
		// Each is a datagram of its own
		Awaitility.await().atMost(DEADLINE).untilAsserted(RunOnceIT::assertPushed);
	}

	private static void assertPushed() {
		assertThat(PUSHED.identitiesOf("process.uptime"))
			.map((identity) -> identity.replaceAll(".*tag\\(role=(\\w+)\\),tag\\(slot=(-?\\d+)\\).*", "$1 $2"))
			.containsExactlyInAnyOrder("MASTER -1", "CHILD 0", "CHILD 1", "CHILD 2");
		assertThat(PUSHED.identitiesOf("prefork.children")).isNotEmpty()
			.allMatch((identity) -> identity.contains("tag(role=MASTER)"));
		assertThat(PUSHED.identitiesOf("prefork.child.up"))
			.map((identity) -> identity.replaceAll(".*tag\\(slot=(-?\\d+)\\).*", "$1"))
			.containsExactlyInAnyOrder("0", "1", "2");
	}

	@Test
	@Order(Integer.MAX_VALUE)
	void leaderWhenKilledIsFollowedByAnotherAndNothingIsDoneTwice() throws Exception {
		long first = pidOf(0);
		eventually(() -> DATABASE.journal("leader job").size() > 1 && !DATABASE.journal("message").isEmpty());
		assertThat(DATABASE.journal("leader job")).extracting(JournalEntry::pid).containsOnly(first);
		assertThat(DATABASE.journal("message")).extracting(JournalEntry::pid).containsOnly(first);
		try (LoadRun load = LoadClient.start(LoadPlan.to(this.fleet.port())
			.path("/prices/tea")
			.mode(ConnectionMode.NEW)
			.rate(50)
			.connections(16)
			.duration(Duration.ofMinutes(5))
			.build())) {
			this.fleet.signal(first, "KILL");
			eventually(() -> hasOther(first, DATABASE.journal("leader job"))
					&& hasOther(first, DATABASE.journal("message")));
			await(Pattern.compile("Child in slot 0 \\(pid (\\d+)\\) replaces the one with pid " + first));
			long last = pidOf(0);
			eventually(() -> hasPid(last, DATABASE.journal("leader job")) && hasPid(last, DATABASE.journal("message")));
			LoadReport report = load.stop();
			// A child whose prices are not there yet would answer 500
			assertThat(report.failed(FailureKind.BAD_STATUS)).as(report.toString()).isZero();
			assertThat(report.ok()).as(report.toString()).isGreaterThan(100);
		}
		assertThat(twice("claimed job")).isEmpty();
		// Two at most could be: one for each change of the leader, in the same moment
		assertThat(twice("leader job")).hasSizeLessThanOrEqualTo(2);
		assertThat(DATABASE.journal("import")).hasSize(1);
	}

	private static boolean hasOther(long pid, List<JournalEntry> entries) {
		return entries.stream().anyMatch((entry) -> entry.pid() != pid);
	}

	private static boolean hasPid(long pid, List<JournalEntry> entries) {
		return entries.stream().anyMatch((entry) -> entry.pid() == pid);
	}

	private static List<String> twice(String job) throws Exception {
		Map<String, Long> counts = DATABASE.journal(job)
			.stream()
			.map(JournalEntry::run)
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertThat(counts).hasSizeGreaterThan(3);
		return counts.entrySet().stream().filter((run) -> run.getValue() > 1).map(Map.Entry::getKey).toList();
	}

	private static void eventually(Callable<Boolean> condition) {
		Awaitility.await().atMost(DEADLINE).until(condition);
	}

	private MatchResult await(Pattern pattern) {
		return this.fleet.awaitOutput(pattern, DEADLINE);
	}

	// The pid that was launched last in a slot
	private long pidOf(int slot) {
		List<String> launched = linesOf("Child in slot " + slot + " (pid ").stream()
			.filter((line) -> line.endsWith(") launched"))
			.toList();
		return Long.parseLong(launched.get(launched.size() - 1).replaceAll(".*\\(pid (\\d+)\\).*", "$1"));
	}

	private List<String> linesOf(String part) {
		return this.fleet.output().stream().filter((line) -> line.contains(part)).toList();
	}

}
