package io.github.prefork.web;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * One HTTPS request on a connection and in a session of its own, with a server name, by a
 * client that looks at the certificate but does not check it.
 */
final class TlsVisit {

	private static final String REQUEST = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

	private TlsVisit() {
	}

	/**
	 * Visit the server.
	 * @param port its port
	 * @param serverName the name of the server to ask for
	 * @param path the path to get
	 * @return the answer, with the subject of the server's certificate as its detail
	 * @throws IOException on failure
	 * @throws GeneralSecurityException on failure
	 */
	static Answer of(int port, String serverName, String path) throws IOException, GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { new Trusting() }, null);
		try (Socket plain = new Socket("127.0.0.1", port);
				SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, serverName, port, true)) {
			plain.setSoTimeout(10_000);
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setServerNames(List.of(new SNIHostName(serverName)));
			socket.setSSLParameters(parameters);
			socket.getOutputStream().write(REQUEST.formatted(path).getBytes(StandardCharsets.US_ASCII));
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
			return new Answer(response.replaceFirst("(?s).*\r\n\r\n", ""), Integer.parseInt(response.substring(9, 12)),
					certificate.getSubjectX500Principal().getName(), (name) -> Optional.empty());
		}
	}

	/**
	 * Trusts everybody.
	 */
	private static final class Trusting implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
