package io.github.prefork.aside.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An ordinary application that tells what became of it.
 */
@SpringBootApplication
public class AsideApplication {

	/**
	 * Run the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		SpringApplication application = new SpringApplication(AsideApplication.class);
		application
			.addInitializers((context) -> context.getBeanFactory().registerSingleton("restart", (Runnable) () -> {
				context.close();
				Say.line("closed");
				application.run(args);
			}));
		application.run(args);
	}

}
