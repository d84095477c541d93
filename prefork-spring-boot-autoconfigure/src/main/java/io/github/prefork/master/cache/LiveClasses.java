package io.github.prefork.master.cache;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Asks a live JVM which classes it has loaded, as
 * {@code jcmd <pid> VM.class_hierarchy -i} does. Speaks HotSpot's protocol itself: many
 * runtime images are without {@code jcmd}.
 */
final class LiveClasses {

	private static final String REQUEST = "1\0jcmd\0VM.class_hierarchy -i\0\0\0";

	private static final int QUIT = 3;

	private static final int ATTEMPTS = 50;

	private static final long PAUSE = 100;

	private static final int LONGEST = 64 << 20;

	/** HotSpot's, whatever {@code java.io.tmpdir} says. */
	private final Path temporary;

	private final Path proc;

	LiveClasses() {
		this(Path.of("/tmp"), Path.of("/proc"));
	}

	LiveClasses(Path temporary, Path proc) {
		this.temporary = temporary;
		this.proc = proc;
	}

	/**
	 * Ask a JVM of this user.
	 * @param pid its process id
	 * @return what it answers
	 * @throws IOException if it can't be asked
	 * @throws InterruptedException if interrupted
	 */
	String ask(long pid) throws IOException, InterruptedException {
		Path socket = this.temporary.resolve(".java_pid" + pid);
		if (!Files.exists(socket)) {
			listen(pid, socket);
		}
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.connect(UnixDomainSocketAddress.of(socket));
			ByteBuffer request = ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII));
			while (request.hasRemaining()) {
				channel.write(request);
			}
			String answer = new String(Channels.newInputStream(channel).readNBytes(LONGEST), StandardCharsets.UTF_8);
			if (!answer.startsWith("0\n")) {
				throw new IOException("pid " + pid + " answered " + answer.lines().limit(2).toList());
			}
			return answer.substring(2);
		}
	}

	private void listen(long pid, Path socket) throws IOException, InterruptedException {
		if (!catchesQuit(pid)) {
			throw new IOException("pid " + pid + " does not handle SIGQUIT (-Xrs)");
		}
		Path wish = this.temporary.resolve(".attach_pid" + pid);
		try {
			Files.createFile(wish);
		}
		catch (FileAlreadyExistsException ex) {
			// Left by somebody who was killed
		}
		try {
			new ProcessBuilder("/bin/sh", "-c", "kill -QUIT " + pid).redirectErrorStream(true)
				.redirectOutput(Path.of("/dev/null").toFile())
				.start()
				.waitFor();
			for (int i = 0; i < ATTEMPTS && !Files.exists(socket); i++) {
				TimeUnit.MILLISECONDS.sleep(PAUSE);
			}
		}
		finally {
			Files.deleteIfExists(wish);
		}
	}

	// Otherwise the signal would end it
	private boolean catchesQuit(long pid) throws IOException {
		String mask = Files.readAllLines(this.proc.resolve(pid + "/status"))
			.stream()
			.filter((line) -> line.startsWith("SigCgt:"))
			.map((line) -> line.substring(line.indexOf(':') + 1).trim())
			.findFirst()
			.orElse("0");
		return (Long.parseUnsignedLong(mask, 16) & (1L << (QUIT - 1))) != 0;
	}

}
