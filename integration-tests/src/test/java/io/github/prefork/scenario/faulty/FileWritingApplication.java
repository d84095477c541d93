package io.github.prefork.scenario.faulty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.ApplicationPidFileWriter;
import org.springframework.boot.web.server.context.WebServerPortFileWriter;

/**
 * The {@link FaultyApplication} with a pid file and port files.
 */
public final class FileWritingApplication {

	private FileWritingApplication() {
	}

	/**
	 * Run the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(FaultyApplication.class);
		application.addListeners(new ApplicationPidFileWriter(), new WebServerPortFileWriter());
		application.run(args);
	}

}
