package io.github.prefork.child;

import java.util.function.Consumer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.scheduler.Schedulers;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.http.server.reactive.HttpHandler;

/**
 * Sees the errors that Netty and Reactor log and forget: an {@link OutOfMemoryError} ends
 * neither an event loop nor a worker.
 */
public final class OutOfMemoryWatch {

	private static final String HANDLER = "prefork.outOfMemory";

	private final Consumer<Throwable> check;

	/**
	 * Create the watch.
	 * @param check is told of failures
	 */
	OutOfMemoryWatch(Consumer<Throwable> check) {
		this.check = check;
	}

	/**
	 * Watch the threads of this JVM that end with an error, and Reactor's workers. A
	 * default handler that is there goes on to be called; one that is set later takes the
	 * place of this one.
	 */
	void watchThreads() {
		Thread.UncaughtExceptionHandler next = Thread.getDefaultUncaughtExceptionHandler();
		Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
			this.check.accept(failure);
			if (next != null) {
				next.uncaughtException(thread, failure);
			}
			else {
				print(thread, failure);
			}
		});
		Schedulers.onHandleError("prefork", (thread, failure) -> this.check.accept(failure));
	}

	private static void print(Thread thread, Throwable failure) {
		// As the JDK does it
		System.err.print("Exception in thread \"" + thread.getName() + "\" ");
		failure.printStackTrace();
	}

	/**
	 * Watch the handling of requests.
	 * @param handler the handler
	 * @return the same, watched
	 */
	public HttpHandler watch(HttpHandler handler) {
		return (request, response) -> {
			try {
				return new Watched(handler.handle(request, response)).doOnError(this.check);
			}
			catch (Error ex) {
				this.check.accept(ex);
				throw ex;
			}
		};
	}

	/**
	 * Watch the connections of a server.
	 * @param server the server
	 * @return the same, watched
	 */
	public HttpServer watch(HttpServer server) {
		Connections handler = new Connections();
		return server.doOnChannelInit((observer, channel, address) -> add(channel, handler));
	}

	private static void add(Channel channel, Connections handler) {
		ChannelPipeline pipeline = channel.pipeline();
		if (pipeline.get(NettyPipeline.ReactiveBridge) != null) {
			pipeline.addBefore(NettyPipeline.ReactiveBridge, HANDLER, handler);
		}
		else {
			// A connection that can't speak anything but HTTP/2
			pipeline.addLast(HANDLER, handler);
		}
	}

	/**
	 * Sees what subscribing throws: Reactor does not signal errors of this kind.
	 */
	private final class Watched extends MonoOperator<Void, Void> {

		Watched(Mono<? extends Void> source) {
			super(source);
		}

		@Override
		public void subscribe(CoreSubscriber<? super Void> subscriber) {
			try {
				this.source.subscribe(subscriber);
			}
			catch (Error ex) {
				OutOfMemoryWatch.this.check.accept(ex);
				throw ex;
			}
		}

	}

	/**
	 * Sees where Netty itself gets no memory: for what it reads, and for a response,
	 * which is closed without a word then.
	 */
	@Sharable
	private final class Connections extends ChannelDuplexHandler {

		private final ChannelFutureListener written = (write) -> {
			if (write.cause() != null) {
				OutOfMemoryWatch.this.check.accept(write.cause());
			}
		};

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			context.write(message, promise.unvoid().addListener(this.written));
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			OutOfMemoryWatch.this.check.accept(cause);
			context.fireExceptionCaught(cause);
		}

	}

}
