package io.github.prefork.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.util.ReferenceCountUtil;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * {@link Http2Load} against a server that takes back connections and streams.
 */
class Http2LoadTests {

	private static final int PERIOD = 20;

	private static final IOException NO_STREAM = new IOException(
			"Error while acquiring from pool. Max active streams is reached.");

	private final AtomicInteger received = new AtomicInteger();

	private final Set<Channel> connections = ConcurrentHashMap.newKeySet();

	@Test
	void goAwayInOrderAgainAndAgainFailsNothingAndEachRequestIsSentOnce() {
		try (Served server = serve((stream) -> leaveAll()); Http2Load load = load(server, 1500)) {
			assertThat(load.failures()).isEmpty();
			assertThat(load.finished()).isEqualTo(this.received.get());
		}
	}

	@Test
	void resetOfAStreamIsAFailureAndIsNotTriedAgain() {
		try (Served server = serve(
				(stream) -> stream.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.REFUSED_STREAM)));
				Http2Load load = load(server, 200)) {
			assertThat(load.finished()).isEqualTo(this.received.get());
			assertThat(load.failures()).hasSize(this.received.get() / PERIOD);
		}
	}

	@Test
	void goAwayWithoutTheLastStreamsFailsThem() {
		try (Served server = serve((stream) -> stream.parent()
			.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR))
			.addListener((written) -> stream.parent().unsafe().closeForcibly())); Http2Load load = load(server, 200)) {
			assertThat(load.failures()).hasSizeGreaterThanOrEqualTo(this.received.get() / PERIOD);
		}
	}

	@Test
	void refusedConnectionIsAFailure() {
		Served server = serve((stream) -> {
		});
		server.close();
		try (Http2Load load = load(server, 10)) {
			assertThat(load.failures()).hasSize(load.finished());
			assertThat(load.acquiredAgain()).isZero();
		}
	}

	@Test
	void requestWithoutAStreamAcquiresAgain() {
		AtomicInteger attempts = new AtomicInteger();
		Mono<Integer> request = Mono.fromCallable(() -> {
			if (attempts.incrementAndGet() < Http2Load.ACQUISITIONS) {
				throw NO_STREAM;
			}
			return 200;
		});
		assertThat(Http2Load.acquire(request, () -> false, attempts::get).block()).isEqualTo(200);
		assertThat(attempts).hasValue(Http2Load.ACQUISITIONS);
	}

	@Test
	void requestThatNeverFindsAStreamFails() {
		Mono<Integer> request = Mono.error(NO_STREAM);
		AtomicInteger again = new AtomicInteger();
		assertThatException().isThrownBy(Http2Load.acquire(request, () -> false, again::incrementAndGet)::block)
			.withRootCauseInstanceOf(IOException.class);
		assertThat(again).hasValue(Http2Load.ACQUISITIONS - 1);
	}

	@Test
	void requestThatWasPreparedOrFailedOtherwiseIsNotTriedAgain() {
		assertThat(Http2Load.hadNoStream(NO_STREAM, false)).isTrue();
		assertThat(Http2Load.hadNoStream(NO_STREAM, true)).isFalse();
		assertThat(Http2Load.hadNoStream(new IOException("Connection reset by peer"), false)).isFalse();
		assertThat(Http2Load.hadNoStream(new IOException(), false)).isFalse();
	}

	private static Http2Load load(Served server, int requests) {
		Http2Load load = new Http2Load(server.uri(), Duration.ofMillis(1));
		Awaitility.await().atMost(Waiting.START).until(() -> load.finished() >= requests);
		load.stop();
		System.out.println(load);
		return load;
	}

	// As a child does that drains: this is what sends the pool from one to the next
	private void leaveAll() {
		List<Channel> all = List.copyOf(this.connections);
		this.connections.removeAll(all);
		all.forEach(Http2LoadTests::leave);
	}

	/** What a server does that leaves in order: no stream is lost between the frames. */
	private static void leave(Channel connection) {
		connection.pipeline().addLast(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				if (message instanceof Http2PingFrame ping && ping.ack()) {
					context.close();
				}
				ReferenceCountUtil.release(message);
			}

		});
		connection.write(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
		connection.writeAndFlush(new DefaultHttp2PingFrame(1));
	}

	/** Answer all requests, and do something else on one of them from time to time. */
	private Served serve(Consumer<Channel> sometimes) {
		return new Served(
				HttpServer.create().host("127.0.0.1").port(0).protocol(HttpProtocol.H2C).handle((request, response) -> {
					if (this.received.incrementAndGet() % PERIOD == 0) {
						request.withConnection((connection) -> sometimes.accept(connection.channel()));
					}
					return response.sendString(Mono.just("ok"));
				}).bindNow());
	}

	private record Served(DisposableServer server) implements AutoCloseable {

		String uri() {
			return "http://127.0.0.1:" + this.server.port() + "/";
		}

		@Override
		public void close() {
			this.server.disposeNow();
		}

	}

}
