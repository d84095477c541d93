package io.github.prefork.channel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
		for (Path place : HeartbeatFile.places(this.fixture.master.path())) {
			Files.deleteIfExists(place);
		}
		child.beat(new ToMaster.Heartbeat(7));
		assertThat(next()).isEqualTo("received 1 " + new ToMaster.Heartbeat(7));
	}

	@Test
	void takeWhenThereIsNoCellLeftGivesNone() throws Exception {
		open();
		HeartbeatBoard board = HeartbeatBoard.create(List.of(this.parent.resolve("board")));
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
		HeartbeatBoard board = HeartbeatBoard.create(List.of(this.parent.resolve("missing").resolve("board")));
		assertThat(board.take()).isEqualTo(HeartbeatBoard.NO_CELL);
		assertThat(board.look()).isEmpty();
	}

	@Test
	void lastSignHasTheFiguresOfTheLastHeartbeatWithoutALook() throws Exception {
		ChildChannel child = open().child(1);
		ToMaster.Figures figures = new ToMaster.Figures(1, 2, 3, 4, 5);
		child.beat(new ToMaster.Heartbeat(0, figures));
		assertThat(lastSign().figures()).isEqualTo(figures);
		assertThat(lastSign().pid()).isEqualTo(4711);
		assertThat(this.fixture.probe.calls).isEmpty();
		assertThat(this.fixture.master.lastSign(2)).isNull();
		this.fixture.master.forget(1);
		assertThat(this.fixture.master.lastSign(1)).isNull();
	}

	@Test
	void lastSignBeforeTheFirstHeartbeatHasNothingOfAnEarlierChild() throws Exception {
		ToMaster.Figures figures = new ToMaster.Figures(1, 2, 3, 4, 5);
		open().child(1).beat(new ToMaster.Heartbeat(7, figures));
		this.fixture.master.forget(1);
		this.fixture.child(2);
		assertThat(this.fixture.master.lastSign(2)).isNotNull()
			.satisfies((sign) -> assertThat(sign.figures()).isEqualTo(ToMaster.Figures.NONE));
	}

	@Test
	void lastSignWhenHeartbeatsAreMessagesHasTheFiguresOfTheLastOne() throws Exception {
		ChildChannel child = open().child(1);
		for (Path place : HeartbeatFile.places(this.fixture.master.path())) {
			Files.deleteIfExists(place);
		}
		ToMaster.Figures figures = new ToMaster.Figures(1, 2, 3, 4, 5);
		child.beat(new ToMaster.Heartbeat(7, figures));
		assertThat(next()).isEqualTo("received 1 " + new ToMaster.Heartbeat(7, figures));
		assertThat(lastSign().figures()).isEqualTo(figures);
	}

	@Test
	void lastSignAgesUntilALookFindsAnotherHeartbeat() throws Exception {
		ChildChannel child = open().child(1);
		Awaitility.await().until(() -> lastSign().age().toMillis() >= 20);
		child.beat(new ToMaster.Heartbeat(0));
		Duration before = lastSign().age();
		this.fixture.master.readHeartbeats();
		assertThat(lastSign().age()).isLessThan(before);
	}

	@Test
	void heartbeatWhenItIsJustBeingWrittenIsNone() throws Exception {
		open();
		HeartbeatFile file = HeartbeatFile.create(List.of(this.parent.resolve("board")));
		file.beat(0, new ToMaster.Heartbeat(1, new ToMaster.Figures(1, 2, 3, 4, 5)));
		ByteBuffer older = file.read(0, 1);
		file.beat(0, new ToMaster.Heartbeat(1, new ToMaster.Figures(2, 2, 9, 4, 5)));
		ByteBuffer torn = file.read(0, 1);
		for (int half = 8; half < HeartbeatFile.CELL_BYTES; half += 8) {
			ByteBuffer bytes = ByteBuffer.allocate(HeartbeatFile.CELL_BYTES);
			bytes.put(torn.array(), 0, half).put(older.array(), half, HeartbeatFile.CELL_BYTES - half);
			assertThat(HeartbeatFile.heartbeat(bytes)).as("the first %s bytes", half).isNull();
		}
		assertThat(HeartbeatFile.heartbeat(torn)).isNotNull();
		assertThat(HeartbeatFile.heartbeat(ByteBuffer.allocate(HeartbeatFile.CELL_BYTES)))
			.isEqualTo(new ToMaster.Heartbeat(0));
		file.close();
		Files.delete(this.parent.resolve("board"));
	}

	private SignOfLife lastSign() {
		return Objects.requireNonNull(this.fixture.master.lastSign(1));
	}

	@Test
	void closeLeavesNothing() throws Exception {
		Path file = existing(open().master.path());
		assertThat(file).hasSize(HeartbeatFile.CELLS * HeartbeatFile.CELL_BYTES);
		this.fixture.master.close();
		this.fixture.master.readHeartbeats();
		assertThat(this.parent).isEmptyDirectory();
		assertThat(file).doesNotExist();
	}

	@Test
	void beatWhenTheFileIsCutIsSeenNevertheless() throws Exception {
		ChildChannel child = open().child(1);
		child.beat(new ToMaster.Heartbeat(1));
		try (FileChannel file = FileChannel.open(existing(this.fixture.master.path()), StandardOpenOption.WRITE)) {
			file.truncate(0);
		}
		child.beat(new ToMaster.Heartbeat(7));
		this.fixture.master.readHeartbeats();
		assertThat(this.fixture.probe.calls).containsExactly("received 1 " + new ToMaster.Heartbeat(7));
	}

	@Test
	void lookWhenNothingCanBeReadTakesEverybodyForAlive() throws Exception {
		open();
		HeartbeatFile file = HeartbeatFile.create(List.of(this.parent.resolve("board")));
		HeartbeatBoard board = new HeartbeatBoard(file);
		assertThat(board.take()).isZero();
		assertThat(board.look()).isEmpty();
		file.close();
		assertThat(board.look()).containsExactly(Map.entry(0, new ToMaster.Heartbeat(0)));
		assertThat(board.take()).isEqualTo(HeartbeatBoard.NO_CELL);
		board.close();
		assertThat(board.look()).isEmpty();
	}

	@Test
	void createWhenTheFirstPlaceIsTakenUsesTheNext() throws Exception {
		open();
		Path taken = Files.writeString(this.parent.resolve("taken"), "somebody else's");
		Path next = this.parent.resolve("next");
		HeartbeatFile.create(List.of(taken, next)).close();
		assertThat(taken).hasContent("somebody else's");
		assertThat(Files.getPosixFilePermissions(next)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ,
				PosixFilePermission.OWNER_WRITE);
		Files.delete(taken);
		Files.delete(next);
	}

	private static Path existing(Path socket) {
		return HeartbeatFile.places(socket).stream().filter(Files::exists).findFirst().orElseThrow();
	}

	private ChannelFixture open() {
		this.fixture = new ChannelFixture(this.parent);
		return this.fixture;
	}

	private String next() throws Exception {
		return this.fixture.probe.next();
	}

}
