package io.github.prefork.channel;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.MessageToByteEncoder;
import org.apache.commons.logging.LogFactory;

/**
 * Makes a frame of a message.
 */
final class MessageEncoder extends MessageToByteEncoder<Message> {

	MessageEncoder() {
		super(Message.class);
	}

	@Override
	protected void encode(ChannelHandlerContext context, Message message, ByteBuf out) {
		int start = out.writerIndex();
		out.writeInt(0);
		MessageCodec.write(message, out);
		int length = out.writerIndex() - start - Integer.BYTES;
		if (length > MessageCodec.MAX_FRAME) {
			LogFactory.getLog(MessageEncoder.class)
				.warn("Not sent: " + message.getClass().getSimpleName() + ", too long with " + length + " bytes");
			throw new EncoderException("message too long");
		}
		out.setInt(start, length);
	}

}
