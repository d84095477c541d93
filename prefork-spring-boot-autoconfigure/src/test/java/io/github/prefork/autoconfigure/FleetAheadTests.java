package io.github.prefork.autoconfigure;

import java.net.InetAddress;

import io.github.prefork.master.EarlyChild;
import io.github.prefork.master.EarlyChildren;
import io.github.prefork.master.MasterFleet;
import io.github.prefork.master.MasterSettings;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FleetAhead}, with shell scripts as children.
 */
@EnabledOnOs(OS.LINUX)
class FleetAheadTests {

	private final EarlyChildren children = new EarlyChildren();

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final MasterSettings settings = settings(1);

	private final EarlyChild child = this.children.launch(this.settings);

	private final FleetAhead ahead = new FleetAhead(this.context, this.child);

	@AfterEach
	void nothingIsLeft() {
		this.ahead.close();
		this.child.close();
		this.context.close();
		Awaitility.await().until(this.children::areGone);
	}

	@Test
	void handOverWhenNotStartedGivesNone() {
		assertThat(this.ahead.handOver(this.settings, null)).isNull();
		assertThat(this.children.areGone()).isFalse();
	}

	@Test
	void handOverGivesTheFleetAndItsHostHearsOfTheContext() {
		start();
		MasterFleet fleet = this.ahead.handOver(settings(1), null);
		assertThat(fleet).isNotNull();
		assertThat(this.context.getApplicationListeners()).hasAtLeastOneElementOfType(ApplicationFleetHost.class);
		assertThat(this.children.processes).allMatch(Process::isAlive);
	}

	@Test
	void handOverWithOtherSettingsStopsIt() {
		start();
		assertThat(this.ahead.handOver(settings(2), null)).isNull();
		Awaitility.await().until(this.children::areGone);
		assertThat(this.context.getApplicationListeners()).isEmpty();
	}

	@Test
	void handOverWithLauncherOfTheUserStopsIt() {
		start();
		assertThat(this.ahead.handOver(this.settings, (command) -> null)).isNull();
		Awaitility.await().until(this.children::areGone);
	}

	private void start() {
		this.ahead.start(this.settings, InetAddress.getLoopbackAddress(), 0);
		assertThat(this.child.fits(this.settings)).isFalse();
		assertThat(this.children.processes).allMatch(Process::isAlive);
	}

	private static MasterSettings settings(int children) {
		MockEnvironment environment = new MockEnvironment();
		PreforkProperties properties = new PreforkProperties();
		properties.setChildren(children);
		return FleetSettings.of(properties, environment, Platform.current()).toMasterSettings();
	}

}
