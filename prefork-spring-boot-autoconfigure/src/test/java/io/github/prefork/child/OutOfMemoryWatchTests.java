package io.github.prefork.child;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OutOfMemoryWatch}.
 */
@Timeout(60)
class OutOfMemoryWatchTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final OutOfMemoryError error = new OutOfMemoryError("planned");

	private final List<Throwable> seen = new CopyOnWriteArrayList<>();

	private final OutOfMemoryWatch watch = new OutOfMemoryWatch(this.seen::add);

	private final List<String> others = new CopyOnWriteArrayList<>();

	private Thread.UncaughtExceptionHandler before;

	@BeforeEach
	void remember() {
		this.before = Thread.getDefaultUncaughtExceptionHandler();
	}

	@AfterEach
	void restore() {
		Thread.setDefaultUncaughtExceptionHandler(this.before);
		Schedulers.resetOnHandleError("prefork");
	}

	@Test
	void watchThreadsSeesAThreadThatEndsAndLeavesItToTheOneBefore() throws InterruptedException {
		Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> this.others.add(thread.getName()));
		this.watch.watchThreads();
		Thread thread = new Thread(this::fail, "ends");
		thread.start();
		thread.join();
		assertThat(this.seen).containsExactly(this.error);
		assertThat(this.others).containsExactly("ends");
	}

	@Test
	void watchThreadsSeesAWorkerOfReactor() {
		this.watch.watchThreads();
		Mono.fromRunnable(this::fail).subscribeOn(Schedulers.boundedElastic()).subscribe();
		Awaitility.await().untilAsserted(() -> assertThat(this.seen).containsExactly(this.error));
	}

	@Test
	void watchWhenHandlerThrowsSeesIt() {
		HttpHandler handler = this.watch.watch((HttpHandler) (request, response) -> {
			throw this.error;
		});
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> handle(handler).subscribe());
		assertThat(this.seen).containsExactly(this.error);
	}

	@Test
	void watchWhenHandlingThrowsSeesIt() {
		HttpHandler handler = this.watch.watch((HttpHandler) (request, response) -> Mono.fromRunnable(this::fail));
		assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> handle(handler).subscribe());
		assertThat(this.seen).containsExactly(this.error);
	}

	@Test
	void watchWhenHandlingSignalsAnErrorSeesIt() {
		IllegalStateException signalled = new IllegalStateException(this.error);
		HttpHandler handler = this.watch.watch((HttpHandler) (request, response) -> Mono.error(signalled));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> handle(handler).block(TIMEOUT));
		assertThat(this.seen).containsExactly(signalled);
	}

	@Test
	void watchWhenNettyCanNotWriteSeesIt() {
		request(new ChannelOutboundHandlerAdapter() {

			@Override
			public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
				ReferenceCountUtil.release(message);
				promise.setFailure(OutOfMemoryWatchTests.this.error);
				context.close();
			}

		});
		assertThat(this.seen).contains(this.error);
	}

	@Test
	void watchWhenNettyCanNotReadSeesIt() {
		request(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				ReferenceCountUtil.release(message);
				context.fireExceptionCaught(OutOfMemoryWatchTests.this.error);
				context.close();
			}

		});
		assertThat(this.seen).contains(this.error);
	}

	@Test
	void watchWhenAllIsWellSeesNothing() {
		assertThat(request(new ChannelInboundHandlerAdapter())).isEqualTo("fine");
		assertThat(this.seen).isEmpty();
	}

	private String request(ChannelHandler first) {
		HttpServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.doOnChannelInit((observer, channel, address) -> channel.pipeline().addFirst(first))
			.handle((request, response) -> response.sendString(Mono.just("fine")));
		DisposableServer bound = this.watch.watch(server).bindNow();
		try {
			return HttpClient.newConnection()
				.disableRetry(true)
				.get()
				.uri("http://127.0.0.1:" + bound.port())
				.responseContent()
				.aggregate()
				.asString()
				.onErrorReturn("failed")
				.block(TIMEOUT);
		}
		finally {
			bound.disposeNow(TIMEOUT);
		}
	}

	private static Mono<Void> handle(HttpHandler handler) {
		return handler.handle(MockServerHttpRequest.get("/").build(), new MockServerHttpResponse());
	}

	private void fail() {
		throw this.error;
	}

}
