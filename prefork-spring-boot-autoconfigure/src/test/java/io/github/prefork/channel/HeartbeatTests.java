package io.github.prefork.channel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for heartbeats in shared memory, on real channels.
 */
@Timeout(30)
class HeartbeatTests {

	@TempDir
	private Path parent;

	private ChannelFixture fixture;

	@AfterEach
	void close() throws IOException {
		this.fixture.close();
	}

	@Test
	void beatWhenMasterDoesNotLookTellsNobody() throws Exception {
		ChildChannel child = open().child(1);
		child.beat(new ToMaster.Heartbeat(7));
		child.send(new ToMaster.Leaving());
		assertThat(next()).isEqualTo("received 1 " + new ToMaster.Leaving());
		assertThat(this.fixture.probe.calls).isEmpty();
	}

	@Test
	void readHeartbeatsTellsTheLastOneOfEachOnce() throws Exception {
		ChildChannel one = open().child(1);
		ChildChannel other = this.fixture.child(2);
		this.fixture.child(3);
		one.beat(new ToMaster.Heartbeat(6));
		one.beat(new ToMaster.Heartbeat(7));
		other.beat(new ToMaster.Heartbeat(8));
		this.fixture.master.readHeartbeats();
		assertThat(this.fixture.probe.calls).containsExactlyInAnyOrder("received 1 " + new ToMaster.Heartbeat(7),
				"received 2 " + new ToMaster.Heartbeat(8));
		this.fixture.probe.calls.clear();
		this.fixture.master.readHeartbeats();
		assertThat(this.fixture.probe.calls).isEmpty();
		one.beat(new ToMaster.Heartbeat(7));
		this.fixture.master.readHeartbeats();
		assertThat(this.fixture.probe.calls).containsExactly("received 1 " + new ToMaster.Heartbeat(7));
	}

	@Test
	void readHeartbeatsWhenCellHadAnotherChildTellsNothingOfItsTime() throws Exception {
		ChildChannel child = open().child(1);
		child.beat(new ToMaster.Heartbeat(7));
		this.fixture.master.forget(1);
		ChildChannel next = this.fixture.child(2);
		assertThat(next.welcome().heartbeatCell()).isEqualTo(child.welcome().heartbeatCell());
		// Until it knows that it is forgotten
		Awaitility.await().until(() -> {
			this.fixture.probe.calls.clear();
			child.beat(new ToMaster.Heartbeat(7));
			this.fixture.master.readHeartbeats();
			return this.fixture.probe.calls.isEmpty();
		});
		next.beat(new ToMaster.Heartbeat(9));
		this.fixture.master.readHeartbeats();
		assertThat(this.fixture.probe.calls).containsExactly("received 2 " + new ToMaster.Heartbeat(9));
	}

	@Test
	void beatWhenTheFileIsGoneSendsMessages() throws Exception {
		ChildChannel child = open().child(1);
		Files.delete(HeartbeatFile.beside(this.fixture.master.path()));
		child.beat(new ToMaster.Heartbeat(7));
		assertThat(next()).isEqualTo("received 1 " + new ToMaster.Heartbeat(7));
	}

	@Test
	void beatWhenThereIsNoCellLeftSendsMessages() throws Exception {
		open();
		HeartbeatBoard board = HeartbeatBoard.create(this.parent.resolve("board"));
		for (int i = 0; i < HeartbeatFile.CELLS; i++) {
			assertThat(board.take()).isEqualTo(i);
		}
		assertThat(board.take()).isEqualTo(HeartbeatBoard.NO_CELL);
		board.give(500);
		assertThat(board.take()).isEqualTo(500);
	}

	@Test
	void createWhenTheFileCannotBeMadeGivesNoCells() throws Exception {
		open();
		HeartbeatBoard board = HeartbeatBoard.create(this.parent.resolve("missing").resolve("board"));
		assertThat(board.take()).isEqualTo(HeartbeatBoard.NO_CELL);
		assertThat(board.look(HeartbeatBoard.NO_CELL)).isNull();
	}

	@Test
	void closeLeavesNothing() throws Exception {
		Path file = HeartbeatFile.beside(open().master.path());
		assertThat(file).hasSize(64 * 1024);
		this.fixture.master.close();
		this.fixture.master.readHeartbeats();
		assertThat(this.parent).isEmptyDirectory();
	}

	private ChannelFixture open() {
		this.fixture = new ChannelFixture(this.parent);
		return this.fixture;
	}

	private String next() throws Exception {
		return this.fixture.probe.next();
	}

}
