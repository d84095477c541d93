package io.github.prefork.master.cache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

	private final Duration timeout;

	LiveClasses() {
		this(Path.of("/tmp"), Path.of("/proc"), Duration.ofMinutes(1));
	}

	LiveClasses(Path temporary, Path proc, Duration timeout) {
		this.temporary = temporary;
		this.proc = proc;
		this.timeout = timeout;
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
		requireOwn(socket);
		long end = System.nanoTime() + this.timeout.toNanos();
		try (Selector selector = Selector.open();
				SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.configureBlocking(false);
			if (!channel.connect(UnixDomainSocketAddress.of(socket))) {
				throw new IOException("pid " + pid + " takes no more questions");
			}
			// It fits into the buffer of any socket
			channel.write(ByteBuffer.wrap(REQUEST.getBytes(StandardCharsets.US_ASCII)));
			channel.register(selector, SelectionKey.OP_READ);
			String answer = read(channel, selector, end);
			if (!answer.startsWith("0\n")) {
				throw new IOException("pid " + pid + " answered " + answer.lines().limit(2).toList());
			}
			return answer.substring(2);
		}
	}

	private static String read(SocketChannel channel, Selector selector, long end)
			throws IOException, InterruptedException {
		ByteArrayOutputStream answer = new ByteArrayOutputStream();
		ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
		int read = 0;
		while (read >= 0 && answer.size() < LONGEST) {
			long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
			if (read == 0 && (left <= 0 || selector.select(left) == 0)) {
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
				throw new SocketTimeoutException("the child does not answer which classes it has loaded");
			}
			selector.selectedKeys().clear();
			read = channel.read(buffer);
			answer.write(buffer.array(), 0, buffer.position());
			buffer.clear();
		}
		return answer.toString(StandardCharsets.UTF_8);
	}

	// In a directory that is everybody's, where anybody could have been first
	private static void requireOwn(Path socket) throws IOException {
		if (!CacheHome.isOwn(socket)) {
			throw new IOException(socket + " belongs to somebody else");
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
				.waitFor(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
			for (int i = 0; i < ATTEMPTS && !Files.exists(socket); i++) {
				TimeUnit.MILLISECONDS.sleep(PAUSE);
			}
		}
		finally {
			Files.deleteIfExists(wish);
		}
		if (!Files.exists(socket)) {
			throw new IOException("pid " + pid + " does not answer which classes it has loaded");
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
