package io.github.prefork.web;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.prefork.fleet.FleetProcess;

/**
 * Where the beans of the application were created, by what they say.
 */
final class Created {

	private Created() {
	}

	/**
	 * Return which processes have created a bean.
	 * @param fleet the fleet
	 * @param name how the bean calls itself
	 * @return the pids, one for each time
	 */
	static List<Long> by(FleetProcess fleet, String name) {
		Pattern line = Pattern.compile("The " + Pattern.quote(name) + " is created in (\\d+)");
		return fleet.output()
			.stream()
			.map(line::matcher)
			.filter(Matcher::matches)
			.map((matcher) -> Long.valueOf(matcher.group(1)))
			.toList();
	}

}
