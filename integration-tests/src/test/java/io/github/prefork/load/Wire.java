package io.github.prefork.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A TCP connection on which connecting, writing and reading all end by one deadline. To
 * be used by one thread; can be connected again after {@link #disconnect()}.
 */
final class Wire implements Closeable {

	private final Selector selector;

	private final ByteBuffer input = ByteBuffer.allocate(16 * 1024).limit(0);

	private @Nullable SocketChannel channel;

	private int localPort;

	private long deadline;

	Wire() throws IOException {
		this.selector = Selector.open();
	}

	/**
	 * Set the deadline of all that follows.
	 * @param deadline a reading of {@link System#nanoTime()}
	 */
	void deadline(long deadline) {
		this.deadline = deadline;
	}

	void connect(InetSocketAddress address) throws IOException {
		disconnect();
		this.localPort = 0;
		SocketChannel opened = SocketChannel.open();
		this.channel = opened;
		opened.configureBlocking(false);
		opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
		SelectionKey key = opened.register(this.selector, 0);
		boolean connected = opened.connect(address);
		while (!connected) {
			await(key, SelectionKey.OP_CONNECT);
			connected = opened.finishConnect();
		}
		this.localPort = opened.socket().getLocalPort();
	}

	boolean isConnected() {
		return this.channel != null;
	}

	/**
	 * Look, without waiting, at what has come while no response was expected.
	 * @return 0 if nothing, -1 if the server has closed the connection, else the number
	 * of bytes
	 * @throws IOException if the connection was reset
	 */
	int peek() throws IOException {
		if (!this.input.hasRemaining()) {
			fill();
		}
		return (this.channel != null) ? this.input.remaining() : -1;
	}

	void write(ByteBuffer data) throws IOException {
		SocketChannel connected = connected();
		while (data.hasRemaining()) {
			if (connected.write(data) == 0) {
				await(connected.keyFor(this.selector), SelectionKey.OP_WRITE);
			}
		}
	}

	/**
	 * Read one byte.
	 * @return the byte, or -1 at the end of the stream
	 * @throws IOException on failure, also that of the deadline
	 */
	int read() throws IOException {
		return (fillBy()) ? this.input.get() & 0xff : -1;
	}

	/**
	 * Drop bytes that have arrived or will arrive.
	 * @param most the largest number to drop
	 * @return the number of bytes dropped, at least 1, or -1 at the end of the stream
	 * @throws IOException on failure, also that of the deadline
	 */
	long skip(long most) throws IOException {
		if (!fillBy()) {
			return -1;
		}
		int count = (int) Math.min(most, this.input.remaining());
		this.input.position(this.input.position() + count);
		return count;
	}

	private boolean fillBy() throws IOException {
		while (!this.input.hasRemaining()) {
			int count = fill();
			if (count < 0) {
				return false;
			}
			if (count == 0) {
				await(connected().keyFor(this.selector), SelectionKey.OP_READ);
			}
		}
		return true;
	}

	private int fill() throws IOException {
		SocketChannel connected = connected();
		this.input.clear();
		int count = 0;
		try {
			count = connected.read(this.input);
		}
		finally {
			this.input.flip();
		}
		if (count < 0) {
			disconnect();
		}
		return count;
	}

	private void await(SelectionKey key, int operation) throws IOException {
		long left = this.deadline - System.nanoTime();
		if (left <= 0) {
			throw new SocketTimeoutException(
					(operation == SelectionKey.OP_CONNECT) ? "not connected in time" : "no complete response in time");
		}
		key.interestOps(operation);
		this.selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
		this.selector.selectedKeys().clear();
		if (Thread.currentThread().isInterrupted()) {
			throw new InterruptedIOException("the run was aborted");
		}
	}

	private SocketChannel connected() throws IOException {
		if (this.channel == null) {
			throw new EOFException("the connection is closed");
		}
		return this.channel;
	}

	/**
	 * Return the local port of the connection, also after its end.
	 * @return the port, or 0 if the last attempt to connect has failed
	 */
	int localPort() {
		return this.localPort;
	}

	void disconnect() throws IOException {
		this.input.clear().limit(0);
		SocketChannel open = this.channel;
		if (open != null) {
			this.channel = null;
			open.close();
			// The descriptor stays open until the selector has forgotten it
			this.selector.selectNow();
		}
	}

	@Override
	public void close() throws IOException {
		try {
			disconnect();
		}
		finally {
			this.selector.close();
		}
	}

}
