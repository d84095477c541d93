package io.github.prefork.child;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AdoptingLoopResources}.
 */
class AdoptingLoopResourcesTests {

	private final LoopResources delegate = LoopResources.create("adopting-test", 1, true);

	private final LoopProbe probe = new LoopProbe(System::nanoTime, Duration.ofSeconds(1));

	@AfterEach
	void dispose() {
		this.delegate.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
	}

	@Test
	void onChannelWhenFirstServerChannelAdopts() throws Exception {
		Socket socket = TestListeners.open();
		EpollServerSocketChannel main = new EpollServerSocketChannel(socket.intValue());
		LoopResources resources = new AdoptingLoopResources(this.delegate, (type, ordinary) -> main, this.probe);
		EventLoopGroup group = resources.onServer(true);
		assertThat(resources.onChannel(ServerSocketChannel.class, group)).isSameAs(main);
		ServerSocketChannel second = resources.onChannel(ServerSocketChannel.class, group);
		assertThat(second).isNotSameAs(main);
		second.unsafe().closeForcibly();
		main.unsafe().closeForcibly();
	}

	@Test
	void onChannelWhenFirstServerChannelTellsItsClassAndMakesOrdinaryOnes() {
		List<Class<?>> types = new ArrayList<>();
		LoopResources resources = new AdoptingLoopResources(this.delegate, (type, ordinary) -> {
			types.add(type);
			return ordinary.get();
		}, this.probe);
		EventLoopGroup nio = resources.onServer(false);
		ServerSocketChannel channel = resources.onChannel(ServerSocketChannel.class, nio);
		assertThat(types).containsExactly(NioServerSocketChannel.class);
		assertThat(channel).isInstanceOf(NioServerSocketChannel.class);
		channel.unsafe().closeForcibly();
	}

}
