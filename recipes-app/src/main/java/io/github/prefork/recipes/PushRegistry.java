package io.github.prefork.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.step.StepMeterRegistry;
import io.micrometer.core.instrument.step.StepRegistryConfig;
import io.micrometer.core.instrument.util.NamedThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Pushes each meter in a datagram, as simple as can be: in place of a registry of
 * Graphite, StatsD or OTLP.
 */
class PushRegistry extends StepMeterRegistry {

	private final int port;

	PushRegistry(int port, Duration step) {
		super(new Config(step), Clock.SYSTEM);
		this.port = port;
		start(new NamedThreadFactory("push"));
	}

	@Override
	protected TimeUnit getBaseTimeUnit() {
		return TimeUnit.SECONDS;
	}

	@Override
	protected void publish() {
		try (DatagramSocket socket = new DatagramSocket()) {
			for (Meter meter : getMeters()) {
				for (Measurement measurement : meter.measure()) {
					send(socket, meter.getId() + " " + measurement);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void send(DatagramSocket socket, String line) throws IOException {
		byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
		socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), this.port));
	}

	/**
	 * All settings but one are Micrometer's defaults.
	 *
	 * @param step the time between two pushes
	 */
	private record Config(Duration step) implements StepRegistryConfig {

		@Override
		public String prefix() {
			return "push";
		}

		@Override
		public @Nullable String get(String key) {
			return null;
		}

	}

}
