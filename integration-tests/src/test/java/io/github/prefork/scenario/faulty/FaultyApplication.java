package io.github.prefork.scenario.faulty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application whose listeners and beans fail if properties say so: {@code faulty.hook}
 * names the event whose listener throws, {@code faulty.bean} lets a bean of the children
 * throw, {@code faulty.master} and {@code faulty.customizer} hold up the context of the
 * master.
 */
@SpringBootApplication
public class FaultyApplication {

	/**
	 * Run the application.
	 * @param args its arguments
	 */
	public static void main(String[] args) {
		SpringApplication.run(FaultyApplication.class, args);
	}

}
