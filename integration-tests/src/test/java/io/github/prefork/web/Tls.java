package io.github.prefork.web;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes the client's side of TLS.
 */
final class Tls {

	private Tls() {
	}

	static SSLContext trusting(Identity... servers) {
		return context(new KeyManagerFactory[0], servers);
	}

	static SSLContext as(Identity client, Identity... servers) {
		try {
			KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			keys.init(client.load(), Identity.PASSWORD.toCharArray());
			return context(new KeyManagerFactory[] { keys }, servers);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static SSLContext context(KeyManagerFactory[] keys, Identity... servers) {
		try {
			KeyStore trusted = KeyStore.getInstance("PKCS12");
			trusted.load(null, null);
			for (Identity server : servers) {
				trusted.setCertificateEntry(server.name(), server.load().getCertificate(server.name()));
			}
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init((keys.length > 0) ? keys[0].getKeyManagers() : null, trust.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
