package io.github.prefork.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate that is valid for a day, with its private key.
 *
 * @param name the common name
 * @param keyStore a PKCS12 key store that holds it
 */
record Identity(String name, Path keyStore) {

	static final String PASSWORD = "secret";

	/**
	 * Create an identity.
	 * @param directory where to put the key store
	 * @param name the common name, also its DNS name beside localhost and 127.0.0.1
	 * @return the identity
	 */
	static Identity create(Path directory, String name) {
		Path keyStore = directory.resolve(name + ".p12");
		try {
			Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
					"-J-XX:TieredStopAtLevel=1", "-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname",
					"secp256r1", "-dname", "CN=" + name, "-ext", "san=dns:" + name + ",dns:localhost,ip:127.0.0.1",
					"-validity", "1", "-storetype", "PKCS12", "-keystore", keyStore.toString(), "-storepass", PASSWORD)
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			if (!keytool.waitFor(30, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
				keytool.destroyForcibly();
				throw new IllegalStateException("keytool has made no certificate");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		return new Identity(name, keyStore);
	}

	KeyStore load() {
		try (InputStream input = Files.newInputStream(this.keyStore)) {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(input, PASSWORD.toCharArray());
			return store;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String certificate() {
		try {
			return pem("CERTIFICATE", load().getCertificate(this.name).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String privateKey() {
		try {
			return pem("PRIVATE KEY", load().getKey(this.name, PASSWORD.toCharArray()).getEncoded());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String pem(String type, byte[] content) {
		return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type,
				Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content), type);
	}

}
