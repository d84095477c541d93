package io.github.prefork.load;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the command line of {@link LoadClient}.
 */
@Timeout(20)
class LoadCommandLineTests {

	private static final String OK_WITH_PID = "HTTP/1.1 200 OK\r\nX-Prefork-Pid: 4711\r\nContent-Length: 2\r\n\r\nok";

	@Test
	void mainWhenAllSucceedPrintsReport() throws Exception {
		try (RawServer server = RawServer.answering(OK_WITH_PID)) {
			Printed printed = Printed.by("--port=" + server.port(), "--rate=1000", "--requests=5", "--mode=keep-alive",
					"--connections=1", "--path=/slow?ms=5");
			assertThat(printed.status()).isZero();
			assertThat(printed.out()).contains("/slow?ms=5, 5 requests at 1000/s on 1 keep-alive connections")
				.contains("sent 5: 5 ok, 0 failed; 0 never sent")
				.contains("answers by pid: {4711=5}");
		}
	}

	@Test
	void mainWhenRequestsFailPrintsThem() throws Exception {
		try (RawServer server = RawServer.answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")) {
			Printed printed = Printed.by("--port=" + server.port(), "--rate=1000", "--requests=2");
			assertThat(printed.status()).isEqualTo(1);
			assertThat(printed.out()).contains("2 x BAD_STATUS on new connections, pid unknown")
				.contains("#1 on a new connection, local port ");
		}
	}

	@Test
	void mainWhenOptionIsWrongTellsIt() throws Exception {
		assertThat(Printed.by().err()).contains("port must be given");
		assertThat(Printed.by("--port=1", "--prot=2").err()).contains("unknown option --prot");
		assertThat(Printed.by("--port=x").err()).contains("port must be a number");
		assertThat(Printed.by("8080").err()).contains("'8080' is not --name=value");
		assertThat(Printed.by("--port=1", "--duration=ten").err()).contains("duration must be a time");
		assertThat(Printed.by("--port=1", "--mode=x").err()).contains("mode must be new or keep-alive");
		assertThat(Printed.by("--port=1", "--rate=0").err()).contains("rate must be positive");
		assertThat(Printed.by("--port=1", "--path=a b").err()).contains("path must start with '/'");
		assertThat(Printed.by("--help").out()).contains("--connections=N");
		assertThat(Printed.by("--port=1", "--rate=0").status()).isEqualTo(2);
	}

	/**
	 * What the client prints on the command line.
	 *
	 * @param status the exit status
	 * @param out what was printed
	 * @param err what was printed as error
	 */
	private record Printed(int status, String out, String err) {

		static Printed by(String... args) throws InterruptedException {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			ByteArrayOutputStream err = new ByteArrayOutputStream();
			int status = LoadClient.run(new PrintStream(out, true, StandardCharsets.UTF_8),
					new PrintStream(err, true, StandardCharsets.UTF_8), args);
			return new Printed(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
		}

	}

}
