package io.github.prefork.aside.app;

import java.io.IOException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Does in a child what only few applications do.
 */
@RestController
class TroubleController {

	private final ObjectProvider<Runnable> restart;

	TroubleController(ObjectProvider<Runnable> restart) {
		this.restart = restart;
	}

	/**
	 * Start the application once more, in a process of its own with this one's
	 * environment.
	 * @return its pid
	 * @throws IOException if it can't be started
	 */
	@PostMapping("/launch")
	long launch() throws IOException {
		return new ProcessBuilder(System.getProperty("java.home") + "/bin/java", "-XX:TieredStopAtLevel=1", "-cp",
				System.getProperty("java.class.path"), AsideApplication.class.getName(), "--server.port=0")
			.inheritIO()
			.start()
			.pid();
	}

	/**
	 * Close the application and run it again in this JVM.
	 * @return the pid
	 */
	@PostMapping("/restart")
	long restart() {
		Thread thread = new Thread(this.restart.getObject(), "restart");
		thread.setDaemon(false);
		thread.start();
		return ProcessHandle.current().pid();
	}

}
