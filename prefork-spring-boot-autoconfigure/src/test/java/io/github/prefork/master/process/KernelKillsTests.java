package io.github.prefork.master.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.prefork.master.memory.MemoryCgroup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KernelKills} and {@link MemoryCgroup}.
 */
class KernelKillsTests {

	private static final String UNIFIED = "30 23 0:26 %s %s rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n";

	private static final String CPU = "31 23 0:27 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n";

	private static final String MEMORY = "32 23 0:28 %s %s rw master:10 - cgroup cgroup rw,memory\n";

	@TempDir
	private Path root;

	private Path counter;

	@BeforeEach
	void counter() {
		this.counter = this.root.resolve("counter");
	}

	@Test
	void attributeCountsEachKillOnce() throws IOException {
		count(2);
		KernelKills kills = new KernelKills(this.counter);
		assertThat(kills.attribute()).isFalse();
		count(4);
		assertThat(kills.attribute()).isTrue();
		assertThat(kills.attribute()).isTrue();
		assertThat(kills.attribute()).isFalse();
		count(5);
		assertThat(kills.attribute()).isTrue();
	}

	@Test
	void attributeWhenThereIsNoCounterIsFalse() throws IOException {
		assertThat(new KernelKills(null).attribute()).isFalse();
		assertThat(new KernelKills(this.counter).attribute()).isFalse();
		Files.writeString(this.counter, "oom 3\noom_kill many\n");
		assertThat(new KernelKills(this.counter).attribute()).isFalse();
	}

	@Test
	void attributeWhenCounterGoesIsFalse() throws IOException {
		count(2);
		KernelKills kills = new KernelKills(this.counter);
		Files.delete(this.counter);
		assertThat(kills.attribute()).isFalse();
	}

	@Test
	void attributeWhenCounterIsThatOfVersion1CountsIt() throws IOException {
		Files.writeString(this.counter, "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n");
		KernelKills kills = new KernelKills(this.counter);
		Files.writeString(this.counter, "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n");
		assertThat(kills.attribute()).isTrue();
	}

	@Test
	void findWhenUnifiedReturnsEventsOfTheGroup() throws IOException {
		proc("0::/system.slice/app.service\n", UNIFIED.formatted("/", "/sys/fs/cgroup"));
		assertFound("sys/fs/cgroup/system.slice/app.service/memory.events");
	}

	@Test
	void findWhenInANamespaceReturnsEventsOfTheMount() throws IOException {
		proc("0::/\n", UNIFIED.formatted("/", "/sys/fs/cgroup"));
		assertFound("sys/fs/cgroup/memory.events");
	}

	@Test
	void findWhenOnlyAPartIsMountedReturnsEventsOfTheMount() throws IOException {
		proc("0::/docker/abc\n", UNIFIED.formatted("/docker/abc", "/sys/fs/cgroup"));
		assertFound("sys/fs/cgroup/memory.events");
	}

	@Test
	void findWhenTheGroupCanNotBeSeenReturnsEventsOfTheMount() throws IOException {
		proc("0::/../../other\n", UNIFIED.formatted("/", "/sys/fs/cgroup"));
		assertFound("sys/fs/cgroup/memory.events");
	}

	@Test
	void findWhenOfVersion1ReturnsControlOfTheGroup() throws IOException {
		proc("3:cpu:/\n4:memory:/docker/abc/sub\n0::/\n",
				CPU + MEMORY.formatted("/docker/abc", "/sys/fs/cgroup/memory"));
		file("sys/fs/cgroup/memory/memory.oom_control");
		assertFound("sys/fs/cgroup/memory/sub/memory.oom_control");
	}

	@Test
	void findWhenUnifiedHasNoMemoryControllerTakesVersion1() throws IOException {
		proc("0::/\n4:memory:/\n",
				UNIFIED.formatted("/", "/sys/fs/cgroup/unified") + MEMORY.formatted("/", "/sys/fs/cgroup/memory"));
		assertFound("sys/fs/cgroup/memory/memory.oom_control");
	}

	@Test
	void findWhenNothingIsThereIsEmpty() throws IOException {
		assertThat(new MemoryCgroup(this.root).find()).isEmpty();
		proc("x\n0::/\n", "y\n" + UNIFIED.formatted("/", "/sys/fs/cgroup"));
		assertThat(new MemoryCgroup(this.root).find()).isEmpty();
	}

	private void assertFound(String name) throws IOException {
		Path file = file(name);
		assertThat(new MemoryCgroup(this.root).find()).contains(file);
	}

	private void count(int kills) throws IOException {
		Files.writeString(this.counter, "low 0\nhigh 0\nmax 9\noom 9\noom_kill " + kills + "\noom_group_kill 7\n");
	}

	private void proc(String cgroup, String mounts) throws IOException {
		Files.writeString(file("proc/self/cgroup"), cgroup);
		Files.writeString(file("proc/self/mountinfo"), mounts);
	}

	private Path file(String name) throws IOException {
		Path file = this.root.resolve(name);
		Files.createDirectories(file.getParent());
		return Files.exists(file) ? file : Files.createFile(file);
	}

}
