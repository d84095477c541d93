package io.github.prefork.master.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Collects what an archive depends on, and makes a name of it.
 */
final class CacheKey {

	private final MessageDigest digest;

	CacheKey() {
		try {
			this.digest = MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			// Every JVM has it
			throw new IllegalStateException(ex);
		}
	}

	CacheKey with(String part) {
		return with(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
	}

	CacheKey with(ByteBuffer part) {
		this.digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.remaining()));
		this.digest.update(part);
		return this;
	}

	/**
	 * Add the build of this JVM, which is that of the children.
	 * @return this
	 */
	CacheKey withJvm() {
		for (String name : new String[] { "java.vm.name", "java.vm.version", "java.vm.vendor", "java.home",
				"os.arch" }) {
			with(System.getProperty(name, ""));
		}
		return this;
	}

	/**
	 * Return the name. Nothing can be added afterwards.
	 * @return 32 hexadecimal digits
	 */
	String name() {
		return HexFormat.of().formatHex(this.digest.digest()).substring(0, 32);
	}

}
