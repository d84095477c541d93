package io.github.prefork.fleet;

import java.io.IOException;

/**
 * A response to a simple HTTP call.
 *
 * @param status the status
 * @param body the body as text
 */
public record FleetResponse(int status, String body) {

	String successfulBody() throws IOException {
		if (this.status < 200 || this.status > 299) {
			throw new IOException("status " + this.status + ": " + this.body);
		}
		return this.body;
	}

}
