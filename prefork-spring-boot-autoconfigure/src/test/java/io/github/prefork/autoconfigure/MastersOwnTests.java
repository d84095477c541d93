package io.github.prefork.autoconfigure;

import java.io.File;
import java.nio.file.Path;
import java.util.Map;

import com.example.app.ExampleApplication;
import com.example.app.Journal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.ApplicationPidFileWriter;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerPortFileWriter;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MastersOwn}.
 */
class MastersOwnTests {

	@TempDir
	private Path directory;

	@BeforeEach
	@AfterEach
	void clear() {
		Journal.clear();
	}

	@Test
	void leaveWritesNoPidFileAndNoPortFile() {
		File pidFile = this.directory.resolve("app.pid").toFile();
		File portFile = this.directory.resolve("app.port").toFile();
		SpringApplication application = application();
		application.addListeners(new ApplicationPidFileWriter(pidFile), new WebServerPortFileWriter(portFile));
		MastersOwn.leave(application);
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.isRunning()).isTrue();
			assertThat(pidFile).doesNotExist();
			assertThat(portFile).doesNotExist();
		}
	}

	@Test
	void leaveWhenWritersAreBeansWritesNoFileEither() {
		SpringApplication application = application(Writers.class);
		File pidFile = this.directory.resolve("app.pid").toFile();
		application.setDefaultProperties(
				Map.of("spring.pid.file", pidFile.toString(), "test.directory", this.directory.toString()));
		MastersOwn.leave(application);
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.getBean(WebServerPortFileWriter.class)).isNotNull();
			assertThat(this.directory).isEmptyDirectory();
		}
	}

	@Test
	void leaveRemovesManagementServer() {
		SpringApplication application = application();
		MastersOwn.leave(application);
		MastersOwn.leave(application);
		assertThat(application.getInitializers()).filteredOn(MastersOwn.class::isInstance).hasSize(1);
		try (ConfigurableApplicationContext context = application.run()) {
			assertThat(context.containsBean("childManagementContextInitializer")).isFalse();
		}
	}

	private static SpringApplication application() {
		return application(Management.class);
	}

	private static SpringApplication application(Class<?> configuration) {
		SpringApplication application = new SpringApplication(ExampleApplication.class, configuration);
		application.setWebApplicationType(WebApplicationType.REACTIVE);
		return application;
	}

	@Configuration(proxyBeanMethods = false)
	static class Management {

		@Bean
		Object childManagementContextInitializer() {
			throw new IllegalStateException("The management server is the master's");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Writers {

		@Bean
		ApplicationListener<?> pidFileWriter() {
			ApplicationPidFileWriter writer = new ApplicationPidFileWriter();
			writer.setTriggerEventType(ApplicationReadyEvent.class);
			return writer;
		}

		@Bean
		WebServerPortFileWriter portFileWriter(@Value("${test.directory}") File directory) {
			return new WebServerPortFileWriter(new File(directory, "app.port"));
		}

	}

}
