package io.github.prefork.master.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MemoryLimit} and the limits of {@link MemoryCgroup}.
 */
class MemoryLimitTests {

	private static final long MACHINE = 4L << 30;

	private static final long GIBIBYTE = 1L << 30;

	private static final String UNIFIED = "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";

	private static final String VERSION_1 = "32 23 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n";

	@TempDir
	private Path root;

	@BeforeEach
	void machine() throws IOException {
		write("proc/meminfo", "MemTotal:        4194304 kB\nMemFree:         1000 kB\n");
	}

	@Test
	void readWhenThereIsNoLimitIsTheMemoryOfTheMachine() throws IOException {
		groups("0::/app\n", UNIFIED);
		write("sys/fs/cgroup/app/memory.max", "max\n");
		assertThat(read()).isEqualTo(new MemoryLimit(MACHINE, false));
	}

	@Test
	void readWhenTheGroupHasALimitIsThat() throws IOException {
		groups("0::/app\n", UNIFIED);
		write("sys/fs/cgroup/app/memory.max", "1073741824\n");
		assertThat(read()).isEqualTo(new MemoryLimit(GIBIBYTE, true));
	}

	@Test
	void readWhenAGroupAroundItHasALowerLimitIsThat() throws IOException {
		groups("0::/web.slice/inner.slice/app.service\n", UNIFIED);
		write("sys/fs/cgroup/web.slice/memory.max", "1073741824\n");
		write("sys/fs/cgroup/web.slice/inner.slice/memory.max", "max\n");
		write("sys/fs/cgroup/web.slice/inner.slice/app.service/memory.max", "2147483648\n");
		assertThat(read()).isEqualTo(new MemoryLimit(GIBIBYTE, true));
	}

	@Test
	void readWhenInANamespaceIsTheLimitOfTheMount() throws IOException {
		groups("0::/\n", UNIFIED);
		write("sys/fs/cgroup/memory.max", "1073741824\n");
		assertThat(read()).isEqualTo(new MemoryLimit(GIBIBYTE, true));
	}

	@Test
	void readWhenTheGroupCanNotBeSeenIsTheLimitOfTheMount() throws IOException {
		groups("0::/../../other\n", UNIFIED);
		write("sys/fs/cgroup/memory.max", "1073741824\n");
		write("sys/fs/other/memory.max", "1\n");
		assertThat(read()).isEqualTo(new MemoryLimit(GIBIBYTE, true));
	}

	@Test
	void readWhenAPartIsMountedIsTheLimitInThatPart() throws IOException {
		groups("0::/docker/abc/app\n", UNIFIED.replace("0:26 / ", "0:26 /docker/abc "));
		write("sys/fs/cgroup/app/memory.max", "1073741824\n");
		assertThat(read()).isEqualTo(new MemoryLimit(GIBIBYTE, true));
	}

	@Test
	void readWhenTheNameOfAnotherGroupBeginsAlikeIsNotInThatPart() throws IOException {
		groups("0::/app2\n", UNIFIED.replace("0:26 / ", "0:26 /app "));
		write("sys/fs/cgroup/memory.max", "1073741824\n");
		write("sys/fs/cgroup/2/memory.max", "1\n");
		assertThat(read()).isEqualTo(new MemoryLimit(GIBIBYTE, true));
	}

	@Test
	void readWhenOfVersion1IsTheLowestLimit() throws IOException {
		groups("4:memory:/docker/abc\n0::/\n", VERSION_1 + UNIFIED);
		write("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "9223372036854771712\n");
		write("sys/fs/cgroup/memory/docker/memory.limit_in_bytes", "1073741824\n");
		write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
		assertThat(read()).isEqualTo(new MemoryLimit(GIBIBYTE, true));
	}

	@Test
	void readWhenTheJvmKnowsALowerLimitIsThat() {
		assertThat(MemoryLimit.read(this.root, GIBIBYTE, 0)).isEqualTo(new MemoryLimit(GIBIBYTE, true));
		assertThat(MemoryLimit.read(this.root, MACHINE, GIBIBYTE)).isEqualTo(new MemoryLimit(GIBIBYTE, true));
		assertThat(MemoryLimit.read(this.root, MACHINE, 2 * MACHINE)).isEqualTo(new MemoryLimit(MACHINE, false));
	}

	@Test
	void readWhenNothingCanBeReadIsNotKnown() throws IOException {
		write("proc/meminfo", "MemTotal: many\n");
		assertThat(MemoryLimit.read(this.root, 0, 0)).isEqualTo(new MemoryLimit(0, false));
		Files.delete(this.root.resolve("proc/meminfo"));
		assertThat(MemoryLimit.read(this.root, GIBIBYTE, 0)).isEqualTo(new MemoryLimit(GIBIBYTE, false));
	}

	@Test
	void ofThisProcessIsKnown() {
		assertThat(MemoryLimit.ofThisProcess().bytes()).isGreaterThan(Runtime.getRuntime().maxMemory() / 2);
	}

	private MemoryLimit read() {
		return MemoryLimit.read(this.root, MACHINE, 0);
	}

	private void groups(String cgroup, String mounts) throws IOException {
		write("proc/self/cgroup", cgroup);
		write("proc/self/mountinfo", mounts);
	}

	private void write(String name, String contents) throws IOException {
		Path file = this.root.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, contents);
	}

}
