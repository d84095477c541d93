package io.github.prefork.master.memory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.VMOption;
import org.jspecify.annotations.Nullable;

/**
 * The memory that the fleet may use, all processes together.
 *
 * @param bytes the limit, 0 if it is not known
 * @param given whether somebody has set it, for a container, a systemd unit or the JVM;
 * else it is the memory of the machine
 */
public record MemoryLimit(long bytes, boolean given) {

	private static final String MACHINE = "MemTotal:";

	/**
	 * Return the limit of this process: the lowest one of its control groups, also where
	 * the JVM looks at the innermost one only, of {@code -XX:MaxRAM}, and of the machine.
	 * @return the limit
	 */
	public static MemoryLimit ofThisProcess() {
		return read(Path.of("/"), seenByJvm(), maxRam());
	}

	/**
	 * Work out the limit.
	 * @param root the root of the file system
	 * @param jvm what the JVM takes for the memory of the machine, 0 if not known
	 * @param maxRam what {@code -XX:MaxRAM} says, 0 if nothing
	 * @return the limit
	 */
	static MemoryLimit read(Path root, long jvm, long maxRam) {
		long machine = machine(root);
		long limit = LongStream.of(machine, jvm, new MemoryCgroup(root).limit(), maxRam)
			.filter((bytes) -> bytes > 0)
			.min()
			.orElse(0);
		return new MemoryLimit(limit, machine > 0 && limit < machine);
	}

	private static long machine(Path root) {
		try (Stream<String> lines = Files.lines(root.resolve("proc/meminfo"))) {
			return lines.filter((line) -> line.startsWith(MACHINE))
				.map((line) -> line.substring(MACHINE.length()).strip().split(" ")[0])
				.mapToLong((kilobytes) -> Long.parseLong(kilobytes) << 10)
				.findFirst()
				.orElse(0);
		}
		catch (IOException | RuntimeException ex) {
			return 0;
		}
	}

	/**
	 * Return what the JVM takes for the memory of the machine.
	 * @return the size in bytes, 0 if not known
	 */
	static long seenByJvm() {
		return (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)
				? system.getTotalMemorySize() : 0;
	}

	private static long maxRam() {
		try {
			@Nullable HotSpotDiagnosticMXBean jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
			@Nullable VMOption option = (jvm != null) ? jvm.getVMOption("MaxRAM") : null;
			return (option != null && option.getOrigin() != VMOption.Origin.DEFAULT) ? Long.parseLong(option.getValue())
					: 0;
		}
		catch (IllegalArgumentException | LinkageError ex) {
			// Another JVM, or one without this option
			return 0;
		}
	}

}
