package io.github.prefork.actuate;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * What the endpoint writes when nothing was begun.
 *
 * @param success always false
 * @param reason why
 */
record FailureBody(boolean success, String reason) implements OperationResponseBody {

	static WebEndpointResponse<OperationResponseBody> response(int status, String reason) {
		return new WebEndpointResponse<>(new FailureBody(false, reason), status);
	}

}
