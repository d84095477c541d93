package io.github.prefork.aside.app;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * Two web applications in one JVM, the first of which is not meant for a fleet.
 */
public final class AdminFirst {

	private AdminFirst() {
	}

	/**
	 * Run the applications.
	 * @param args the arguments of the second; {@code --admin.port} is the port of the
	 * first
	 */
	public static void main(String[] args) {
		String port = new SimpleCommandLinePropertySource(args).getProperty("admin.port");
		new SpringApplicationBuilder(AsideApplication.class).run("--prefork.enabled=false", "--server.port=" + port,
				"--management.server.port=" + port);
		new SpringApplicationBuilder(AsideApplication.class).run(args);
	}

}
