package io.github.prefork.recipes;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The application.
 */
@SpringBootApplication
@EnableScheduling
public class RecipesApplication {

	/**
	 * Run the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(RecipesApplication.class, args);
	}

}
