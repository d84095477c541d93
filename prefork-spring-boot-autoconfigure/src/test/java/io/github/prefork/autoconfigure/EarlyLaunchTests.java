package io.github.prefork.autoconfigure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.prefork.ChildLauncher;
import io.github.prefork.channel.ChildChannel;
import io.github.prefork.channel.ToChild;
import io.github.prefork.channel.ToMaster;
import io.github.prefork.master.EarlyChild;
import io.github.prefork.master.EarlyChildren;
import io.github.prefork.master.MasterSettings;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.event.ApplicationPreparedEvent;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EarlyLaunch}, with shell scripts as children.
 */
@EnabledOnOs(OS.LINUX)
class EarlyLaunchTests {

	private static final Duration DEADLINE = Duration.ofSeconds(10);

	private final EarlyChildren children = new EarlyChildren();

	private final List<SpringApplication> applications = new ArrayList<>();

	@AfterEach
	void nothingIsLeft() {
		this.applications.forEach(EarlyLaunch::failed);
		Awaitility.await().until(this.children::areGone);
	}

	@Test
	void attemptLaunchesWithTheSettingsOfTheMaster() {
		List<MasterSettings> launched = attempt("server.port=0", "prefork.children=3", "prefork.child.processors=2",
				"prefork.heartbeat.interval=50ms", "prefork.drain.timeout=7s");
		assertThat(launched).singleElement().satisfies((settings) -> {
			assertThat(settings.supervisor().children()).isEqualTo(3);
			assertThat(settings.child().processors()).isEqualTo(2);
			assertThat(settings.heartbeatInterval()).hasMillis(50);
			assertThat(settings.drainTimeout()).hasSeconds(7);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "prefork.master.early-launch=false", "prefork.min-ready=9", "prefork.children=0",
			"prefork.children=many", "prefork.child.processors=-1", "server.port=http", "server.port=70000",
			"server.address=192.0.2.1", "server.address=::1,prefork.network=tcp4", "management.server.port=99999" })
	void attemptWhenSomethingSpeaksAgainstItLaunchesNothing(String properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "prefork.children=2"));
		all.addAll(List.of(properties.split(",")));
		assertThat(attempt(all.toArray(String[]::new))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "server.port=", "server.port=0,management.server.port=" })
	void attemptWhenPortIsInUseLaunchesNothing(String properties) throws Exception {
		try (ServerSocket other = new ServerSocket(0)) {
			assertThat(attempt((properties + other.getLocalPort()).split(","))).isEmpty();
		}
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThat(attempt((properties + other.getLocalPort()).split(","))).isEmpty();
		}
	}

	@Test
	void attemptWhenLaunchFailsIsSilent() {
		SpringApplication application = new SpringApplication();
		EarlyLaunch.attempt(application, environment("server.port=0"), (settings) -> {
			throw new IllegalStateException("planned");
		}, LogFactory.getLog(getClass()));
		assertThat(application.getInitializers()).noneMatch(EarlyLaunch.class::isInstance);
	}

	@Test
	void contextHasTheChildUntilItIsRefreshedWithoutFleet() {
		List<String> seen = new ArrayList<>();
		SpringApplication application = application(Empty.class);
		application.addListeners((ApplicationListener<ApplicationPreparedEvent>) (event) -> {
			assertThat(event.getApplicationContext().getBeanFactory().getSingleton(EarlyLaunch.BEAN))
				.isInstanceOf(EarlyChild.class);
			assertThat(this.children.processes.get(0).isAlive()).isTrue();
			seen.add("prepared");
		});
		try (ConfigurableApplicationContext context = application.run("--server.port=0")) {
			assertThat(this.children.areGone()).isTrue();
			assertThat(context.getBeanProvider(EarlyChild.class).getIfAvailable()).isNotNull();
		}
		assertThat(seen).containsExactly("prepared");
	}

	@Test
	void contextWhenItFailsKillsTheChild() {
		assertKilledBy(application(Failing.class));
	}

	@Test
	void initializerWhenItFailsKillsTheChild() {
		SpringApplication application = application(Empty.class);
		application
			.setInitializers(List.of((ApplicationContextInitializer<ConfigurableApplicationContext>) (context) -> {
				throw new IllegalStateException("planned");
			}));
		assertKilledBy(application);
	}

	@Test
	void listenerWhenItFailsBeforeTheContextIsThereKillsTheChild() {
		SpringApplication application = application(Empty.class);
		application.setApplicationContextFactory((type) -> {
			throw new IllegalStateException("planned");
		});
		assertKilledBy(application);
	}

	private void assertKilledBy(SpringApplication application) {
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> application.run("--server.port=0"))
			.withStackTraceContaining("planned");
		assertThat(this.children.processes).hasSize(1);
		assertThat(this.children.areGone()).isTrue();
	}

	@Test
	void launcherOfTheUserEndsTheChildBeforeBeansAreCreated() {
		Launchers.children = this.children;
		application(Launchers.class).run("--server.port=0").close();
		assertThat(this.children.processes).hasSize(1);
		assertThat(Launchers.gone).isTrue();
	}

	@Test
	void unregisterForgetsAnEarlierRun() {
		SpringApplication application = new SpringApplication();
		EarlyLaunch.attempt(application, environment("server.port=0"), this.children::launch,
				LogFactory.getLog(getClass()));
		RoleInitializer.register(application);
		EarlyLaunch.failed(application);
		RoleInitializer.unregister(application);
		assertThat(application.getInitializers()).noneMatch(EarlyLaunch.class::isInstance);
		assertThat(this.children.areGone()).isTrue();
	}

	@Test
	void childThatAsksServesBeforeTheContextIsRefreshed() throws Exception {
		int port = freePort();
		SpringApplication application = loaded("server.port=" + port, "prefork.children=1");
		CompletableFuture<Void> loaded = CompletableFuture.runAsync(() -> EarlyLaunch.contextLoaded(application));
		CompletableFuture<ToChild> offered = new CompletableFuture<>();
		CompletableFuture<ToChild.Accept> accept = new CompletableFuture<>();
		try (ChildChannel child = this.children.claim((message) -> {
			if (message instanceof ToChild.ListenersOffered) {
				offered.complete(message);
			}
			else if (message instanceof ToChild.Accept accepting && !accepting.listeners().isEmpty()) {
				accept.complete(accepting);
			}
		})) {
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
			ask(child, digests("prefork.children=1"), new ToMaster.ServerStarting("", port, false));
			assertThat(offered).succeedsWithin(DEADLINE);
			connect(port);
			child.send(new ToMaster.ListenerHeld(0, port));
			assertThat(loaded).isNotDone();
			child.send(new ToMaster.Readiness(true));
			assertThat(accept).succeedsWithin(DEADLINE);
			assertThat(loaded).succeedsWithin(DEADLINE);
			EarlyLaunch.failed(application);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "prefork.children=2", "prefork.children=1,prefork.min-ready=1" })
	void childWithOtherPropertiesWaitsForTheContext(String properties) throws Exception {
		int port = freePort();
		assertNobodyListens(port, digests(properties.split(",")), new ToMaster.ServerStarting("", port, false));
		assertThat(this.children.processes).allMatch(Process::isAlive);
	}

	@Test
	void childThatListensElsewhereWaitsForTheContext() throws Exception {
		int port = freePort();
		Map<String, Long> digests = digests("prefork.children=1");
		assertNobodyListens(port, digests, new ToMaster.ServerStarting("", freePort(), false));
		assertNobodyListens(port, digests, new ToMaster.ServerStarting("127.0.0.1", port, false));
		assertThat(this.children.processes).allMatch(Process::isAlive);
	}

	@Test
	void childWithLauncherOfTheUserIsKilled() throws Exception {
		int port = freePort();
		assertNobodyListens(port, digests("prefork.children=1"), new ToMaster.ServerStarting("", port, true));
		// The thread of the channel ends a little later
		Awaitility.await().until(this.children::areGone);
	}

	@Test
	void childIsNotWaitedForWithoutWebServer() {
		SpringApplication application = loaded(new GenericApplicationContext(), "server.port=0");
		EarlyLaunch.contextLoaded(application);
		assertThat(this.children.processes).allMatch(Process::isAlive);
	}

	@Test
	void childThatEndsIsNotWaitedFor() {
		SpringApplication application = loaded("server.port=0");
		CompletableFuture<Void> loaded = CompletableFuture.runAsync(() -> EarlyLaunch.contextLoaded(application));
		assertThat(loaded).isNotDone();
		this.children.processes.get(0).destroyForcibly();
		assertThat(loaded).succeedsWithin(DEADLINE);
	}

	private void assertNobodyListens(int port, Map<String, Long> digests, ToMaster.ServerStarting starting)
			throws Exception {
		SpringApplication application = loaded("server.port=" + port, "prefork.children=1");
		this.applications.add(application);
		CompletableFuture<Void> loaded = CompletableFuture.runAsync(() -> EarlyLaunch.contextLoaded(application));
		ChildChannel child = this.children.claim((message) -> {
		});
		ask(child, digests, starting);
		assertThat(loaded).succeedsWithin(DEADLINE);
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(port));
	}

	private static void ask(ChildChannel child, Map<String, Long> digests, ToMaster.ServerStarting starting) {
		child.send(new ToMaster.Described("", 0, digests));
		child.send(starting);
	}

	private static Map<String, Long> digests(String... properties) {
		return SettingsDigest.of(environment(properties), new PreforkProperties.Child());
	}

	/** An application whose context is about to be refreshed. */
	private SpringApplication loaded(String... properties) {
		return loaded(new ReactiveWebServerApplicationContext(), properties);
	}

	private SpringApplication loaded(ConfigurableApplicationContext context, String... properties) {
		SpringApplication application = new SpringApplication();
		MockEnvironment environment = environment(properties);
		EarlyLaunch.attempt(application, environment, this.children::launch, LogFactory.getLog(getClass()));
		context.setEnvironment(environment);
		application.getInitializers()
			.stream()
			.filter(EarlyLaunch.class::isInstance)
			.forEach((launch) -> ((EarlyLaunch) launch).initialize(context));
		this.applications.add(application);
		return application;
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private static void connect(int port) throws IOException {
		new Socket(InetAddress.getLoopbackAddress(), port).close();
	}

	private List<MasterSettings> attempt(String... properties) {
		List<MasterSettings> launched = new ArrayList<>();
		EarlyLaunch.attempt(new SpringApplication(), environment(properties), (settings) -> {
			launched.add(settings);
			EarlyChild child = this.children.launch(settings);
			child.close();
			return child;
		}, LogFactory.getLog(getClass()));
		return launched;
	}

	private static MockEnvironment environment(String... properties) {
		MockEnvironment environment = new MockEnvironment();
		for (String property : properties) {
			String[] parts = property.split("=", 2);
			environment.setProperty(parts[0], parts[1]);
		}
		return environment;
	}

	private SpringApplication application(Class<?> source) {
		SpringApplication application = new SpringApplication(source);
		application.setWebApplicationType(WebApplicationType.NONE);
		Consumer<ApplicationEnvironmentPreparedEvent> launch = (event) -> EarlyLaunch.attempt(application,
				event.getEnvironment(), this.children::launch, LogFactory.getLog(getClass()));
		application.addListeners((ApplicationListener<ApplicationEnvironmentPreparedEvent>) launch::accept);
		return application;
	}

	@Configuration(proxyBeanMethods = false)
	static class Empty {

	}

	@Configuration(proxyBeanMethods = false)
	static class Failing {

		@Bean
		Object failing() {
			throw new IllegalStateException("planned");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Launchers {

		static EarlyChildren children = new EarlyChildren();

		static boolean gone;

		@Bean
		ChildLauncher launcher() {
			gone = children.areGone();
			return (command) -> null;
		}

	}

}
