package io.github.prefork.sample;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * The whole numbers that a request parameter may have.
 *
 * @param name the name of the parameter
 * @param max the largest number, the smallest is 0
 */
record Limit(String name, long max) {

	/**
	 * Read the parameter.
	 * @param value the text from the request
	 * @return the number
	 * @throws ResponseStatusException with status 400 if the text is no number or the
	 * number is out of bounds
	 */
	long read(String value) {
		try {
			long number = Long.parseLong(value.strip());
			if (number >= 0 && number <= this.max) {
				return number;
			}
			throw refusal();
		}
		catch (NumberFormatException ex) {
			throw refusal();
		}
	}

	private ResponseStatusException refusal() {
		return new ResponseStatusException(HttpStatus.BAD_REQUEST,
				"'%s' must be a whole number from 0 to %d".formatted(this.name, this.max));
	}

}
