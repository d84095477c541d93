package io.github.prefork.channel;

import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.netty.channel.Channel;
import io.netty.channel.unix.FileDescriptor;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the control connection after a claim.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(30)
class ChannelMessagesTests {

	@TempDir
	private Path parent;

	@ParameterizedTest
	@EnumSource(Transport.class)
	void messagesArriveInOrderBothWays(Transport transport) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			ChildChannel child = fixture.child(1);
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			for (int i = 0; i < 500; i++) {
				child.send(new ToMaster.Accepting(i));
				fixture.master.send(1, new ToChild.Accept(i, Set.of(i)));
			}
			for (int i = 0; i < 500; i++) {
				assertThat(fixture.probe.next()).isEqualTo("received 1 " + new ToMaster.Accepting(i));
				assertThat(probe.next()).isEqualTo(new ToChild.Accept(i, Set.of(i)));
			}
			assertThat(probe.threads()).containsOnly(Transport.THREAD);
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void closedWhenChildGoesIsToldOnce(Transport transport) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			ChildChannel first = fixture.child(1);
			ChildChannel second = fixture.child(2);
			first.send(new ToMaster.Leaving());
			first.close();
			assertThat(fixture.probe.next()).contains("Leaving");
			assertThat(fixture.probe.next()).isEqualTo("closed 1");
			fixture.master.send(1, new ToChild.Drain());
			second.send(new ToMaster.ServerStarting("", 0, false));
			assertThat(fixture.probe.next()).contains("ServerStarting");
			assertThat(fixture.probe.rest()).isEmpty();
		}
	}

	@Test
	void closedWhenLaunchIsForgottenIsNotTold() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildProbe probe = new ChildProbe();
			fixture.child(1).listen(probe);
			fixture.master.forget(1);
			assertThat(probe.next()).isEqualTo(ChildProbe.CLOSED);
			fixture.child(2);
			assertThat(fixture.probe.rest()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Transport.class)
	void closedWhenMasterGoesIsToldOnceAndThreadStays(Transport transport) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, transport, ChannelFixture.TIMEOUT)) {
			ChildChannel child = fixture.child(1);
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			fixture.master.send(1, new ToChild.Drain());
			assertThat(probe.next()).isEqualTo(new ToChild.Drain());
			fixture.master.close();
			assertThat(probe.next()).isEqualTo(ChildProbe.CLOSED);
			child.send(new ToMaster.Leaving());
			assertThat(child.executor().submit(() -> Thread.currentThread().getName()).get(10, TimeUnit.SECONDS))
				.isEqualTo(Transport.THREAD);
			assertThat(probe.rest()).isEmpty();
		}
	}

	@Test
	void closeWhenRepeatedOftenIsAlwaysSeenByTheMaster() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			for (int launch = 1; launch <= 300; launch++) {
				fixture.child(launch).close();
				assertThat(fixture.probe.next()).isEqualTo("closed " + launch);
			}
		}
	}

	@Test
	void closedWhenChildClosesItselfIsNotTold() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			child.close();
			child.close();
			child.send(new ToMaster.Leaving());
			assertThat(fixture.probe.next()).isEqualTo("closed 1");
			assertThat(probe.rest()).isEmpty();
		}
	}

	@Test
	void listenWhenMessagesCameEarlyDeliversThemInOrder() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			fixture.master.send(1, new ToChild.Accept(1, Set.of()));
			fixture.master.send(1, new ToChild.Drain());
			fixture.master.send(1, new ToChild.Accept(2, Set.of()));
			fixture.master.close();
			Awaitility.await().until(() -> !control(child).isOpen());
			child.executor().submit(() -> {
			}).get(10, TimeUnit.SECONDS);
			ChildProbe probe = new ChildProbe();
			child.listen(probe);
			assertThat(probe.next()).isEqualTo(new ToChild.Accept(1, Set.of()));
			assertThat(probe.next()).isEqualTo(new ToChild.Drain());
			assertThat(probe.next()).isEqualTo(new ToChild.Accept(2, Set.of()));
			assertThat(probe.next()).isEqualTo(ChildProbe.CLOSED);
			assertThat(probe.threads()).containsOnly(Transport.THREAD);
		}
	}

	private static Channel control(ChildChannel child) {
		return Objects.requireNonNull(((NettyChildChannel) child).control());
	}

	@Test
	void listenWhenThereIsAListenerFails() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			child.listen(new ChildProbe());
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> child.listen(new ChildProbe()));
		}
	}

	@Test
	void listenerWhenItThrowsIsToldFurther(CapturedOutput output) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			CountDownLatch drained = new CountDownLatch(1);
			child.listen(new ChildProbe() {

				@Override
				public void received(ToChild message) {
					if (message instanceof ToChild.Drain) {
						drained.countDown();
						return;
					}
					throw new IllegalStateException("broken");
				}

			});
			fixture.master.send(1, new ToChild.Accept(1, Set.of()));
			fixture.master.send(1, new ToChild.Drain());
			assertThat(drained.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(output).contains("A listener of the channel failed").contains("broken");
		}
	}

	@Test
	void sendWhenChildNeverReadsDoesNotBlockAndDropsIt(CapturedOutput output) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			SocketChannel stopped = fixture.stranger();
			ChannelFixture.write(stopped,
					new ToMaster.Hello(ToMaster.Hello.PROTOCOL, fixture.master.expect(1, 5, 0), 815));
			fixture.probe.next();
			ChildChannel other = fixture.child(2);
			ChildProbe probe = new ChildProbe();
			other.listen(probe);
			Set<Integer> many = IntStream.range(0, 10_000).boxed().collect(Collectors.toSet());
			for (int i = 0; i < 100; i++) {
				fixture.master.send(1, new ToChild.Accept(i, many));
			}
			fixture.master.send(2, new ToChild.Drain());
			assertThat(probe.next()).isEqualTo(new ToChild.Drain());
			assertThat(fixture.probe.next()).isEqualTo("closed 1");
			assertThat(output).containsOnlyOnce("the child in slot 5 (pid 815): it does not read");
		}
	}

	@Test
	void sendWhenMasterNeverReadsDropsHeartbeatsOnly() throws Exception {
		CountDownLatch resume = new CountDownLatch(1);
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			ChildChannel child = fixture.child(1);
			fixture.probe.pauseAt(ToMaster.ServerStarting.class, resume);
			child.send(new ToMaster.ServerStarting("", 0, false));
			Awaitility.await().until(() -> {
				for (int i = 0; i < 1000; i++) {
					child.send(new ToMaster.Heartbeat(0));
				}
				return !control(child).isWritable();
			});
			for (int i = 0; i < 10_000; i++) {
				child.send(new ToMaster.Heartbeat(1));
			}
			child.send(new ToMaster.Leaving());
			resume.countDown();
			assertThat(fixture.probe.next()).contains("ServerStarting");
			String call = fixture.probe.next();
			while (call.contains("Heartbeat")) {
				assertThat(call).contains("loopBlockedMillis=0");
				call = fixture.probe.next();
			}
			assertThat(call).contains("Leaving");
		}
		finally {
			resume.countDown();
		}
	}

	@Test
	void connectionWhenClaimedChildSendsGarbageIsClosed(CapturedOutput output) throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent)) {
			SocketChannel child = fixture.stranger();
			ChannelFixture.write(child,
					new ToMaster.Hello(ToMaster.Hello.PROTOCOL, fixture.master.expect(1, 5, 0), 815));
			fixture.probe.next();
			ChannelFixture.write(child, new ToChild.Drain());
			assertThat(fixture.probe.next()).isEqualTo("closed 1");
			assertThat(output).containsOnlyOnce("the child in slot 5 (pid 815): bad frame, unknown type 37");
		}
	}

	@Test
	void passWithoutEpollFails() throws Exception {
		try (ChannelFixture fixture = new ChannelFixture(this.parent, Transport.NIO, ChannelFixture.TIMEOUT)) {
			ChildChannel child = fixture.child(1);
			assertThatExceptionOfType(IllegalStateException.class).isThrownBy(child::attachListeners);
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> fixture.master.pass(1, List.of(new FileDescriptor(0))));
		}
	}

}
