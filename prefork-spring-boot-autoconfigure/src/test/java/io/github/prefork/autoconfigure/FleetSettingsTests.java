package io.github.prefork.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.prefork.master.MasterSettings;
import io.github.prefork.master.cache.StartupCacheMode;
import io.github.prefork.master.command.ChildSettings;
import io.github.prefork.master.listener.ListenerMode;
import io.github.prefork.master.listener.Network;
import io.github.prefork.master.memory.ChildHeap;
import io.github.prefork.supervisor.HookRule;
import io.github.prefork.supervisor.OnExceeded;
import io.github.prefork.supervisor.SupervisorSettings;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link FleetSettings}.
 */
class FleetSettingsTests {

	private static final GracePeriod GRACE_PERIOD = new GracePeriod(Duration.ofSeconds(35));

	private static final Platform PLATFORM = new Platform("Linux", true, false, "", true);

	private final Map<String, String> properties = new LinkedHashMap<>();

	private GracePeriod gracePeriod = GRACE_PERIOD;

	private int processors = 4;

	private Platform platform = PLATFORM;

	@Test
	void toMasterSettingsWhenChildrenIsEmptyHasTheDefault() {
		set("children", "");
		assertThat(settings().reason()).isEqualTo(countOfThisMachine().reason());
	}

	@Test
	void toMasterSettingsWhenNothingIsSetHasDefaults() {
		MasterSettings settings = settings();
		assertThat(settings.mode()).isEqualTo(ListenerMode.REUSEPORT);
		assertThat(settings.network()).isEqualTo(Network.TCP);
		assertThat(settings.backlog()).isEqualTo(1024);
		assertThat(settings.heartbeatInterval()).hasMillis(100);
		assertThat(settings.drainTimeout()).hasSeconds(25);
		assertThat(settings.child()).isEqualTo(new ChildSettings(1, List.of(), List.of(), Map.of()));
		MasterSettings.Count count = countOfThisMachine();
		assertThat(settings.reason()).isEqualTo(count.reason());
		assertThat(settings.supervisor()).isEqualTo(new SupervisorSettings(count.children(),
				Math.max(count.children(), most(count.children())), 0, 1, true, Duration.ofSeconds(60), 2,
				Duration.ofMillis(20), Duration.ofMillis(500), Duration.ofSeconds(30), GRACE_PERIOD.value(),
				new SupervisorSettings.Recovery(Math.max(5, 3 * count.children()), Duration.ofSeconds(60),
						Duration.ZERO, Duration.ofSeconds(30), OnExceeded.FAIL),
				HookRule.ABORT, new SupervisorSettings.Recycle(0, Duration.ZERO, 0, 0.1)));
	}

	private static MasterSettings.Count countOfThisMachine() {
		return MasterSettings.Count.ofThisMachine(new ChildSettings(1, List.of(), List.of(), Map.of()), 0);
	}

	// More than any machine has
	@ParameterizedTest
	@CsvSource({ "child.heap, 1TB", "child.jvm-args, -Xmx1000g", "standby, 1000000" })
	void childrenWhenNotSetLeaveRoomForWhatIsSet(String name, String value) {
		set(name, value);
		assertThat(settings().supervisor().children()).isEqualTo(1);
	}

	@Test
	void toMasterSettingsWhenEverythingIsSetHasThat() {
		set("children", "3").set("max-children", "6")
			.set("standby", "2")
			.set("min-ready", "2")
			.set("listener", "shared")
			.set("backlog", "7")
			.set("network", "tcp6");
		set("boot-timeout", "5s").set("boot-parallelism", "9").set("assist.after", "1s");
		set("heartbeat.interval", "1s").set("heartbeat.stall-timeout", "2s").set("heartbeat.timeout", "40s");
		set("recovery.on-exceeded", "keep-survivors");
		set("recovery.threshold", "0").set("recovery.window", "1m").set("recovery.interval", "3s");
		set("recovery.max-interval", "4s").set("shutdown.grace-period", "20s").set("drain.timeout", "18s");
		set("child.processors", "2").set("child.jvm-args", "-Xmx1g,-Xms1g").set("child.args", "--a=b,");
		set("child.environment.one", "1").set("hooks.on-error", "log");
		set("recycle.max-requests", "9").set("recycle.max-lifetime", "1h").set("recycle.max-memory", "500MB");
		set("recycle.jitter", "0.5").set("startup-cache", "train");
		assertThat(settings()).isEqualTo(
				new MasterSettings(ListenerMode.SHARED, Network.TCP6, 7, Duration.ofSeconds(1), Duration.ofSeconds(18),
						new SupervisorSettings(3, 6, 2, 2, false, Duration.ofSeconds(5), 9, Duration.ofSeconds(1),
								Duration.ofSeconds(2), Duration.ofSeconds(40), Duration.ofSeconds(20),
								new SupervisorSettings.Recovery(0, Duration.ofMinutes(1), Duration.ofSeconds(3),
										Duration.ofSeconds(4), OnExceeded.KEEP_SURVIVORS),
								HookRule.LOG, new SupervisorSettings.Recycle(9, Duration.ofHours(1), 500L << 20, 0.5)),
						new ChildSettings(2, List.of("-Xmx1g", "-Xms1g"), List.of("--a=b", ""), Map.of("one", "1")),
						"prefork.children")
					.withStartupCache(StartupCacheMode.TRAIN));
	}

	@ParameterizedTest
	@CsvSource({ "split, SPLIT, 0", "SPLIT, SPLIT, 0", "'', SPLIT, 0", "inherit, INHERIT, 0", "256MB, SIZE, 268435456",
			"33554432, SIZE, 33554432" })
	void childHeapIsDividedInheritedOrASize(String value, ChildHeap.Kind kind, long bytes) {
		set("child.heap", value);
		assertThat(settings().child().heap()).isEqualTo(new ChildHeap(kind, bytes));
	}

	@Test
	void maxChildrenWhenNotSetIsFourForEachProcessorOrWhatMemoryAllows() {
		set("children", "1");
		assertThat(settings().supervisor().maxChildren()).isEqualTo(most(1)).isBetween(1, 16);
	}

	private static int most(int children) {
		ChildSettings child = new ChildSettings(1, List.of(), List.of(), Map.of(), ChildHeap.SPLIT);
		return MasterSettings.Count.most(4, child, children, 0);
	}

	@Test
	void maxChildrenWhenNotSetIsNotLessThanTheStandbys() {
		set("children", "1").set("standby", "1000");
		assertThat(settings().supervisor()).satisfies((supervisor) -> {
			assertThat(supervisor.maxChildren()).isEqualTo(1000);
			assertThat(supervisor.standby()).isEqualTo(1000);
		});
	}

	@Test
	void maxChildrenWhenNotSetIsNotLessThanTheChildren() {
		set("children", "1000");
		assertThat(settings().supervisor().maxChildren()).isEqualTo(1000);
	}

	@ParameterizedTest
	@CsvSource({ "-1, -1", "4, 4" })
	void standbyOutOfBoundsIsRefused(String value, String expected) {
		set("children", "2").set("max-children", "3").set("standby", value);
		assertThatInvalid("standby").satisfies((ex) -> assertThat(ex.getValue()).hasToString(expected));
	}

	@Test
	void standbyWhenChildrenBindTheirOwnIsRefused() {
		set("standby", "1").set("listener", "child-bound");
		assertThatInvalid("standby").satisfies((ex) -> assertThat(ex.getReason()).contains("child-bound"));
	}

	@Test
	void standbyWhenListenersCannotBePassedIsNone() {
		this.platform = new Platform("Linux", true, false, "missing", true);
		set("standby", "1");
		assertThat(settings().supervisor().standby()).isZero();
	}

	@Test
	void maxChildrenBelowTheChildrenIsRefused() {
		set("children", "3").set("max-children", "2");
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(this::settings)
			.withMessageContaining("prefork.max-children")
			.withMessageContaining("prefork.children (3)");
	}

	@ParameterizedTest
	@CsvSource({ "1, 5", "2, 6", "10, 30" })
	void thresholdWhenNotSetIsThreeForEachChild(String children, int expected) {
		set("children", children);
		assertThat(settings().supervisor().recovery().threshold()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "2, 1", "9, 4" })
	void thresholdWhenWindowIsZeroIsHalfOfTheProcessors(int processors, int expected) {
		this.processors = processors;
		set("children", "10").set("recovery.window", "0");
		assertThat(settings().supervisor().recovery().threshold()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "3, 1", "16, 8" })
	void bootParallelismWhenNotSetIsHalfOfTheProcessors(int processors, int expected) {
		this.processors = processors;
		assertThat(settings().supervisor().bootParallelism()).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "PT0S, PT0S", "PT1S, PT0S", "PT5S, PT3S", "PT27S, PT25S", "PT10M, PT25S" })
	void drainTimeoutWhenNotSetFitsIntoGracePeriod(Duration gracePeriod, Duration expected) {
		this.gracePeriod = new GracePeriod(gracePeriod);
		assertThat(settings().drainTimeout()).isEqualTo(expected);
		this.gracePeriod = GRACE_PERIOD;
		set("shutdown.grace-period", gracePeriod.toString());
		assertThat(settings().drainTimeout()).isEqualTo(expected);
	}

	@Test
	void drainTimeoutWhenAsLongAsTheGracePeriodAllowsIsThat() {
		set("drain.timeout", "33s");
		assertThat(settings().drainTimeout()).hasSeconds(33);
	}

	@ParameterizedTest
	@ValueSource(strings = { "assist.after", "heartbeat.timeout", "recovery.window", "recovery.interval",
			"recovery.max-interval", "drain.timeout", "drain.idle-timeout", "shutdown.grace-period",
			"recovery.threshold", "min-ready", "recycle.max-requests", "recycle.max-lifetime", "recycle.max-memory",
			"recycle.jitter" })
	void toMasterSettingsWhenZeroIsAllowedAcceptsIt(String name) {
		set(name, "0");
		assertThat(settings()).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "children, 0, 0", "children, -1, -1", "min-ready, -1, -1", "min-ready, 3, 3", "backlog, 0, 0",
			"boot-timeout, 0s, 0s", "boot-timeout, -1s, -1s", "boot-timeout, 366d, 31622400s", "boot-parallelism, 0, 0",
			"assist.after, -1ms, -1ms", "assist.after, 366d, 31622400s", "heartbeat.interval, 0, 0s",
			"heartbeat.interval, -1, -1ms", "heartbeat.interval, PT9223372036854775807S, 9223372036854775807s",
			"heartbeat.stall-timeout, 0, 0s", "heartbeat.stall-timeout, 199ms, 199ms",
			"heartbeat.stall-timeout, -500ms, -500ms", "heartbeat.timeout, -1s, -1s", "heartbeat.timeout, 500ms, 500ms",
			"heartbeat.timeout, 366d, 31622400s", "recovery.threshold, -1, -1", "recovery.window, -1s, -1s",
			"recovery.interval, -1s, -1s", "recovery.max-interval, -1s, -1s", "drain.timeout, -1s, -1s",
			"drain.idle-timeout, -1s, -1s", "drain.timeout, 33001ms, 33001ms", "shutdown.grace-period, -1s, -1s",
			"recycle.max-requests, -1, -1", "recycle.max-lifetime, -1s, -1s", "recycle.max-lifetime, 366d, 31622400s",
			"recycle.max-memory, -1MB, -1048576B", "recycle.jitter, -0.1, -0.1", "recycle.jitter, 1.1, 1.1",
			"recycle.jitter, NaN, NaN", "child.processors, 0, 0", "child.processors, -2, -2",
			"child.jvm-args[0], ' ', ' '", "child.heap, 31MB, 31MB", "child.heap, half, half", "child.heap, -1GB, -1GB",
			"child.heap, 256, 256" })
	void toMasterSettingsWhenValueIsBadNamesPropertyAndValue(String name, String value, String expected) {
		set("children", "2").set(name, value);
		assertThatInvalid(name.replace("[0]", "")).satisfies((ex) -> {
			assertThat(ex.getValue()).hasToString(expected);
			assertThat(ex.getReason()).endsWith(".");
		});
	}

	@Test
	void toMasterSettingsWhenStallTimeoutIsTooShortForIntervalSaysSo() {
		set("heartbeat.interval", "300ms");
		assertThatInvalid("heartbeat.stall-timeout")
			.satisfies((ex) -> assertThat(ex.getReason()).contains("prefork.heartbeat.interval").contains("300ms"));
	}

	@Test
	void toMasterSettingsWhenHeartbeatTimeoutIsNoLongerThanStallTimeoutSaysSo() {
		set("heartbeat.stall-timeout", "30s");
		assertThatInvalid("heartbeat.timeout")
			.satisfies((ex) -> assertThat(ex.getReason()).contains("prefork.heartbeat.stall-timeout").contains("30s"));
	}

	@Test
	void toMasterSettingsWhenMaxIntervalIsShorterThanIntervalSaysSo() {
		set("recovery.interval", "31s");
		assertThatInvalid("recovery.max-interval")
			.satisfies((ex) -> assertThat(ex.getReason()).contains("prefork.recovery.interval").contains("31s"));
	}

	@Test
	void toMasterSettingsWhenDrainTimeoutIsTooLongForGracePeriodSaysSo() {
		set("shutdown.grace-period", "10s").set("drain.timeout", "9s");
		assertThatInvalid("drain.timeout")
			.satisfies((ex) -> assertThat(ex.getReason()).contains("prefork.shutdown.grace-period").contains("10s"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void toMasterSettingsWhenEveryChildNeedsMoreThanMaxMemoryWarns(CapturedOutput output) {
		set("recycle.max-memory", "100MB");
		assertThat(settings().supervisor().recycle().maxMemory()).isEqualTo(100 << 20);
		assertThat(output).isEmpty();
		set("recycle.max-memory", "99MB");
		settings();
		assertThat(output).contains("WARN").contains("prefork.recycle.max-memory=99MB");
	}

	@Test
	void toMasterSettingsWhenListenersCannotBePassedIsChildBoundWithoutListeners() {
		this.platform = new Platform("Linux", true, false, "no library", true);
		set("listener", "shared").set("children", "3");
		assertThat(settings().mode()).isEqualTo(ListenerMode.CHILD_BOUND);
		assertThat(settings().listeners()).isZero();
		assertThat(settings().supervisor().owned()).isTrue();
	}

	@Test
	void toMasterSettingsWhenIpv4CannotBeKeptOutNamesTheProperty() {
		this.platform = new Platform("Linux", true, false, "no library", true);
		set("network", "tcp6");
		assertThatInvalid("network").withMessageContaining("no library");
	}

	@ParameterizedTest
	@MethodSource
	void toMasterSettingsWhenVariableCannotBeSetNamesIt(String variable, String value) {
		PreforkProperties bad = new PreforkProperties();
		bad.getChild().getEnvironment().put(variable, value);
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> new FleetSettings(bad, GRACE_PERIOD, 1, PLATFORM).toMasterSettings())
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("prefork.child.environment");
				assertThat(ex.getValue()).isEqualTo(variable);
			});
	}

	static Stream<Arguments> toMasterSettingsWhenVariableCannotBeSetNamesIt() {
		return Stream.of(Arguments.of("", "x"), Arguments.of("A=B", "x"), Arguments.of("A\0", "x"),
				Arguments.of("A", "x\0"));
	}

	private ThrowableAssertAlternative<InvalidConfigurationPropertyValueException> assertThatInvalid(String name) {
		return assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).isThrownBy(this::settings)
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("prefork." + name));
	}

	private FleetSettingsTests set(String name, String value) {
		this.properties.put("prefork." + name, value);
		return this;
	}

	private MasterSettings settings() {
		PreforkProperties bound = new Binder(new MapConfigurationPropertySource(this.properties))
			.bindOrCreate("prefork", PreforkProperties.class);
		return new FleetSettings(bound, this.gracePeriod, this.processors, this.platform).toMasterSettings();
	}

}
