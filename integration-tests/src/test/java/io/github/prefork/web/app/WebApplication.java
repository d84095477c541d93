package io.github.prefork.web.app;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * The application.
 */
@SpringBootApplication
public class WebApplication {

	/**
	 * Run the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(WebApplication.class, args);
	}

}
