package io.github.prefork.channel;

import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts frames out of the stream and makes messages of them.
 */
final class MessageDecoder extends LengthFieldBasedFrameDecoder {

	private static final int LENGTH_FIELD = Integer.BYTES;

	private final Function<ByteBuf, ? extends Message> reader;

	MessageDecoder(Function<ByteBuf, ? extends Message> reader) {
		super(MessageCodec.MAX_FRAME + LENGTH_FIELD, 0, LENGTH_FIELD, 0, LENGTH_FIELD);
		this.reader = reader;
	}

	@Override
	protected @Nullable Object decode(ChannelHandlerContext context, ByteBuf in) throws Exception {
		ByteBuf frame = (ByteBuf) super.decode(context, in);
		if (frame == null) {
			return null;
		}
		try {
			return read(frame);
		}
		finally {
			frame.release();
		}
	}

	private Message read(ByteBuf frame) {
		try {
			Message message = this.reader.apply(frame);
			if (frame.isReadable()) {
				throw new CorruptedFrameException(frame.readableBytes() + " bytes too many");
			}
			return message;
		}
		catch (IndexOutOfBoundsException ex) {
			throw new CorruptedFrameException("frame too short", ex);
		}
	}

}
