package io.github.prefork.channel;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.CorruptedFrameException;

/**
 * The table from type byte to message, and the fields of each in their order.
 * <p>
 * A frame is its length (4 bytes), the type byte and the fields. Types up to 31 are said
 * by a child, higher ones by the master; each side reads only what it may be told.
 * <p>
 * Two things are the same in every release, so that a child of another one learns why it
 * is refused, and its master which one it was: a hello begins with the protocol version
 * and the token, and a refusal is one text.
 */
final class MessageCodec {

	/**
	 * The most bytes that a frame may have, without its length field. A report on a fleet
	 * of thousands must fit.
	 */
	static final int MAX_FRAME = 256 * 1024;

	private MessageCodec() {
	}

	static void write(Message message, ByteBuf out) {
		if (message instanceof ToMaster toMaster) {
			writeToMaster(toMaster, out);
		}
		else if (message instanceof ToChild toChild) {
			writeToChild(toChild, out);
		}
	}

	private static void writeToMaster(ToMaster message, ByteBuf out) {
		if (message instanceof ToMaster.Hello m) {
			out.writeByte(1).writeInt(m.protocol());
			Fields.text(out, m.token()).writeLong(m.pid());
		}
		else if (message instanceof ToMaster.AttachListeners m) {
			Fields.text(out.writeByte(2), m.key());
		}
		else if (message instanceof ToMaster.ServerStarting m) {
			Fields.text(out.writeByte(3), m.address()).writeInt(m.port()).writeBoolean(m.ownLauncher());
		}
		else if (message instanceof ToMaster.ListenerHeld m) {
			out.writeByte(4).writeInt(m.listener()).writeInt(m.port());
		}
		else if (message instanceof ToMaster.Readiness m) {
			out.writeByte(5).writeBoolean(m.accepting());
		}
		else {
			writeRunning(message, out);
		}
	}

	private static void writeRunning(ToMaster message, ByteBuf out) {
		if (message instanceof ToMaster.Heartbeat m) {
			Fields.figures(out.writeByte(6).writeLong(m.loopBlockedMillis()), m.figures());
		}
		else if (message instanceof ToMaster.Accepting m) {
			out.writeByte(7).writeLong(m.version());
		}
		else if (message instanceof ToMaster.AcceptBlocked m) {
			out.writeByte(8).writeInt(m.listener()).writeBoolean(m.blocked());
		}
		else if (message instanceof ToMaster.ListenersClosed m) {
			out.writeByte(9).writeLong(m.request());
		}
		else if (message instanceof ToMaster.Leaving) {
			out.writeByte(10);
		}
		else if (message instanceof ToMaster.Failing m) {
			Fields.text(out.writeByte(11), m.cause());
		}
		else if (message instanceof ToMaster.Stuck m) {
			Fields.text(out.writeByte(12), m.where());
		}
		else if (message instanceof ToMaster.Debugged) {
			out.writeByte(13);
		}
		else if (message instanceof ToMaster.OutOfMemory m) {
			Fields.text(out.writeByte(14), m.detail());
		}
		else if (message instanceof ToMaster.Described m) {
			Fields.digests(Fields.text(out.writeByte(15), m.version()).writeLong(m.buildTime()), m.settings());
		}
		else if (message instanceof ToMaster.ReportRequest m) {
			out.writeByte(20).writeLong(m.request());
		}
		else if (message instanceof ToMaster.OperationRequest m) {
			out.writeByte(21).writeLong(m.request()).writeLong(m.waitMillis());
			ReportFields.operation(out, m.operation());
		}
		else {
			throw new IllegalStateException("No type for " + message);
		}
	}

	private static void writeToChild(ToChild message, ByteBuf out) {
		if (message instanceof ToChild.Welcome m) {
			out.writeByte(32).writeInt(m.slot()).writeInt(m.generation());
			Fields.text(out.writeLong(m.heartbeatMillis()).writeLong(m.drainMillis()), m.listenersKey())
				.writeInt(m.heartbeatCell());
		}
		else if (message instanceof ToChild.Refused m) {
			Fields.text(out.writeByte(33), m.reason());
		}
		else if (message instanceof ToChild.ListenersOffered m) {
			out.writeByte(34).writeInt(m.count()).writeInt(m.own());
		}
		else if (message instanceof ToChild.Accept m) {
			Fields.numbers(out.writeByte(35).writeLong(m.version()), m.listeners());
		}
		else if (message instanceof ToChild.CloseListeners m) {
			Fields.numbers(out.writeByte(36).writeLong(m.request()), m.listeners()).writeBoolean(m.last());
		}
		else if (message instanceof ToChild.Drain) {
			out.writeByte(37);
		}
		else if (message instanceof ToChild.Bind m) {
			Fields.text(out.writeByte(38), m.address()).writeInt(m.port());
			out.writeByte(m.family().ordinal()).writeInt(m.backlog());
		}
		else if (message instanceof ToChild.Examine) {
			out.writeByte(39);
		}
		else if (message instanceof ToChild.Assign m) {
			out.writeByte(40).writeInt(m.slot());
		}
		else if (message instanceof ToChild.Lead m) {
			out.writeByte(41).writeBoolean(m.leader());
		}
		else if (message instanceof ToChild.Survey m) {
			out.writeByte(42).writeInt(m.children());
		}
		else if (message instanceof ToChild.FleetReported m) {
			ReportFields.fleet(out.writeByte(44).writeLong(m.request()), m.report());
		}
		else if (message instanceof ToChild.OperationReported m) {
			ReportFields.operationReport(out.writeByte(45).writeLong(m.request()), m.report());
		}
		else {
			throw new IllegalStateException("No type for " + message);
		}
	}

	static ToMaster readToMaster(ByteBuf in) {
		int type = Fields.type(in);
		return switch (type) {
			case 1 -> readHello(in);
			case 2 -> new ToMaster.AttachListeners(Fields.text(in));
			case 3 -> new ToMaster.ServerStarting(Fields.text(in), in.readInt(), Fields.flag(in));
			case 4 -> new ToMaster.ListenerHeld(in.readInt(), in.readInt());
			case 5 -> new ToMaster.Readiness(Fields.flag(in));
			case 6 -> new ToMaster.Heartbeat(in.readLong(), Fields.figures(in));
			case 7 -> new ToMaster.Accepting(in.readLong());
			case 8 -> new ToMaster.AcceptBlocked(in.readInt(), Fields.flag(in));
			case 9 -> new ToMaster.ListenersClosed(in.readLong());
			case 10 -> new ToMaster.Leaving();
			case 11 -> new ToMaster.Failing(Fields.text(in));
			case 12 -> new ToMaster.Stuck(Fields.text(in));
			case 13 -> new ToMaster.Debugged();
			case 14 -> new ToMaster.OutOfMemory(Fields.text(in));
			case 15 -> new ToMaster.Described(Fields.text(in), in.readLong(), Fields.digests(in));
			case 20 -> new ToMaster.ReportRequest(in.readLong());
			case 21 -> new ToMaster.OperationRequest(in.readLong(), in.readLong(), ReportFields.operation(in));
			default -> throw new CorruptedFrameException("unknown type " + type);
		};
	}

	private static ToMaster.Hello readHello(ByteBuf in) {
		int protocol = in.readInt();
		if (protocol != ToMaster.Hello.PROTOCOL) {
			ToMaster.Hello hello = new ToMaster.Hello(protocol, tokenOfOtherRelease(in), 0);
			in.skipBytes(in.readableBytes());
			return hello;
		}
		return new ToMaster.Hello(protocol, Fields.text(in), in.readLong());
	}

	private static String tokenOfOtherRelease(ByteBuf in) {
		try {
			return Fields.text(in);
		}
		catch (CorruptedFrameException | IndexOutOfBoundsException ex) {
			return "";
		}
	}

	static ToChild readToChild(ByteBuf in) {
		int type = Fields.type(in);
		return switch (type) {
			case 32 -> new ToChild.Welcome(in.readInt(), in.readInt(), in.readLong(), in.readLong(), Fields.text(in),
					in.readInt());
			case 33 -> new ToChild.Refused(Fields.text(in));
			case 34 -> new ToChild.ListenersOffered(in.readInt(), in.readInt());
			case 35 -> new ToChild.Accept(in.readLong(), Fields.numbers(in));
			case 36 -> new ToChild.CloseListeners(in.readLong(), Fields.numbers(in), Fields.flag(in));
			case 37 -> new ToChild.Drain();
			case 38 -> new ToChild.Bind(Fields.text(in), in.readInt(), Fields.family(in), in.readInt());
			case 39 -> new ToChild.Examine();
			case 40 -> new ToChild.Assign(in.readInt());
			case 41 -> new ToChild.Lead(Fields.flag(in));
			case 42 -> new ToChild.Survey(in.readInt());
			case 44 -> new ToChild.FleetReported(in.readLong(), ReportFields.fleet(in));
			case 45 -> new ToChild.OperationReported(in.readLong(), ReportFields.operationReport(in));
			default -> throw new CorruptedFrameException("unknown type " + type);
		};
	}

}
