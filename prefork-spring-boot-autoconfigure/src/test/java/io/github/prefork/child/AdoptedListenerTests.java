package io.github.prefork.child;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.prefork.channel.ToMaster;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.Socket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdoptedListener} as the guard of its channel.
 */
@Timeout(60)
class AdoptedListenerTests {

	private final EventLoop eventLoop = new SingleThreadIoEventLoop(null, AdoptedListenerTests::newThread,
			EpollIoHandler.newFactory());

	private final List<ToMaster> sent = new CopyOnWriteArrayList<>();

	private final List<Channel> accepted = new CopyOnWriteArrayList<>();

	private final AtomicInteger turns = new AtomicInteger();

	private final List<Throwable> leaked = new CopyOnWriteArrayList<>();

	private AdoptedListener listener;

	private int port;

	private static Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "listener-test");
		thread.setDaemon(true);
		return thread;
	}

	@BeforeEach
	void register() throws IOException {
		Socket socket = TestListeners.open();
		this.port = TestListeners.port(socket);
		this.listener = AdoptedListener.adopt(0, socket, null, this.sent::add);
		this.listener.channel().pipeline().addLast(new Acceptor());
		this.eventLoop.register(this.listener.channel()).syncUninterruptibly();
	}

	@AfterEach
	void close() {
		this.listener.channel().close().syncUninterruptibly();
		this.eventLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private void run(Runnable task) {
		this.eventLoop.submit(task).syncUninterruptibly();
	}

	private void fail() {
		run(() -> this.listener.channel().pipeline().fireExceptionCaught(new IOException("Too many open files")));
	}

	@Test
	void exceptionCaughtWhenAcceptingPausesAndTriesAgain() throws IOException {
		run(() -> this.listener.accept(true));
		fail();
		fail();
		assertThat(this.sent).containsExactly(new ToMaster.AcceptBlocked(0, true));
		assertThat(this.listener.channel().config().isAutoRead()).isFalse();
		try (java.net.Socket client = TestListeners.request(this.port, "/")) {
			assertThat(client.isConnected()).isTrue();
			Awaitility.await().untilAsserted(() -> assertThat(this.accepted).hasSize(1));
			assertThat(this.sent).containsExactly(new ToMaster.AcceptBlocked(0, true),
					new ToMaster.AcceptBlocked(0, false));
		}
		assertThat(this.leaked).isEmpty();
	}

	@Test
	void exceptionCaughtWhenNobodyConnectsAfterwardsIsOver() {
		run(() -> this.listener.accept(true));
		fail();
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.sent).containsExactly(new ToMaster.AcceptBlocked(0, true),
					new ToMaster.AcceptBlocked(0, false)));
	}

	@Test
	void exceptionCaughtWhenWithdrawnMeanwhileDoesNotAcceptAgain() throws IOException {
		run(() -> this.listener.accept(true));
		fail();
		run(() -> this.listener.accept(false));
		try (java.net.Socket client = TestListeners.request(this.port, "/")) {
			Awaitility.await()
				.untilAsserted(() -> assertThat(this.sent).contains(new ToMaster.AcceptBlocked(0, false)));
			assertThat(TestListeners.isSilent(client)).isTrue();
			assertThat(this.accepted).isEmpty();
		}
	}

	@Test
	void readWhenSomebodyElseSwitchesAutoReadOnDoesNotAccept() throws IOException {
		run(() -> this.listener.channel().config().setAutoRead(true));
		try (java.net.Socket client = TestListeners.request(this.port, "/")) {
			assertThat(TestListeners.isSilent(client)).isTrue();
			assertThat(this.accepted).isEmpty();
			run(() -> this.listener.accept(true));
			Awaitility.await().untilAsserted(() -> assertThat(this.accepted).hasSize(1));
		}
	}

	@Test
	void closeWhenNotLastKeepsChannelOfMainServerOpenForReactorNetty() {
		int descriptor = this.listener.channel().fd().intValue();
		run(() -> this.listener.close(false));
		Awaitility.await().until(() -> !this.listener.channel().fd().isOpen());
		assertThat(this.listener.channel().isActive()).isTrue();
		assertThat(this.listener.channel().closeFuture().isDone()).isFalse();
		assertThat(this.listener.channel().localAddress().getPort()).isEqualTo(this.port);
		assertThat(this.listener.channel().fd().intValue()).isEqualTo(descriptor);
	}

	@Test
	void closeWhenLastAcceptsWhatIsQueuedAndEndsInOneTurn() throws IOException {
		List<java.net.Socket> clients = new ArrayList<>();
		for (int count = 0; count < 20; count++) {
			clients.add(TestListeners.request(this.port, "/"));
		}
		run(() -> this.listener.close(true));
		Awaitility.await().until(() -> !this.listener.channel().fd().isOpen());
		assertThat(this.accepted).hasSize(20);
		assertThat(this.turns).hasValue(1);
		for (java.net.Socket client : clients) {
			client.close();
		}
	}

	@Test
	void closeWhenAcceptingKeepsFailingEnds() throws IOException {
		try (java.net.Socket client = TestListeners.request(this.port, "/")) {
			run(() -> {
				this.listener.close(true);
				for (int count = 0; count < 3; count++) {
					this.listener.channel().pipeline().fireExceptionCaught(new IOException("Too many open files"));
				}
			});
			Awaitility.await().until(() -> !this.listener.channel().fd().isOpen());
			assertThat(client.isConnected()).isTrue();
		}
	}

	/**
	 * Stands for Reactor Netty's acceptor.
	 */
	private final class Acceptor extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			Channel channel = (Channel) message;
			AdoptedListenerTests.this.accepted.add(channel);
			channel.unsafe().closeForcibly();
		}

		@Override
		public void channelReadComplete(ChannelHandlerContext context) {
			AdoptedListenerTests.this.turns.incrementAndGet();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			AdoptedListenerTests.this.leaked.add(cause);
		}

	}

}
